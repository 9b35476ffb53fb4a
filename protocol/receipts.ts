/** Check marks, computed from cursors and never stored per message (rules C3, C4). */

/** The two people of a session. */
export type Side = "technician" | "device";

/** The other one. */
export function otherSide(side: Side): Side {
  return side === "technician" ? "device" : "technician";
}

/** How far one side has come: `0 <= read <= received <= lastSeq` (C3). */
export interface Cursor {
  /** The highest `seq` that a page of this side holds. */
  readonly received: number;
  /** The highest `seq` that was in view on a visible, focused page of this side. */
  readonly read: number;
}

/** A cursor before anything arrived. */
export const CURSOR_START: Cursor = { received: 0, read: 0 };

/**
 * Moves `cursor` forward, never back; reading implies having received (C3).
 * Returns the same object where nothing moved.
 */
export function advance(cursor: Cursor, to: Cursor): Cursor {
  const read = Math.max(cursor.read, to.read);
  const received = Math.max(cursor.received, to.received, read);
  return read === cursor.read && received === cursor.received ? cursor : { received, read };
}

/** What a sender sees beside a message. */
export type Receipt = "pending" | "sent" | "received" | "read";

/**
 * The check mark of a message: `seq` is undefined while it waits in the outbox; `other` is the
 * cursor of the side it goes to.
 */
export function receipt(seq: number | undefined, other: Cursor): Receipt {
  if (seq === undefined) return "pending";
  if (seq <= other.read) return "read";
  return seq <= other.received ? "received" : "sent";
}
