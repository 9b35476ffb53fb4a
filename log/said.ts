/** Failures that were logged where they began. */

/**
 * A failure that many suffer from and one has logged: log.ts leaves out what else is to be said of it,
 * or an outage would be told of a thousand times a second, to a disk that may be full.
 */
export class SaidFailure extends Error {}
