/** A way to come by the worker's executable. */

/** What a source works with. */
export interface Workplace {
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string;
  /** The unpacked npm package mediasoup, with a slash at the end. */
  readonly packageRoot: URL;
  readonly signal?: AbortSignal;
  /** Called with how far a step is, 0 to 1. */
  readonly report: (step: "downloading" | "installing" | "building", done: number) => void;
}

/**
 * Leaves an executable somewhere in the workplace and answers its path, or a sentence saying why
 * there is none. Rejects only when the signal is aborted or on a bug.
 */
export type Source = (
  place: Workplace,
) => Promise<{ readonly bin: string } | { readonly problem: string }>;
