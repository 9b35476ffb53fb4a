/**
 * Unsent text as data (design section 7, rules C1, C2, C5). At most one message is on its way; it
 * has its number `n` for good before it is first sent, so a resend can never be taken twice.
 * Pure: sender.ts keeps and sends what these functions say.
 */
import type { Attachment } from "../protocol/attachment.ts";
import type { ErrorCode } from "../protocol/errors.ts";
import type { Message } from "../protocol/session.ts";

/** Where an unsent message stands. */
export type EntryState =
  | { readonly kind: "queued" }
  /** Sent at least once, as number `n`; what the log held then ends at `after`. */
  | { readonly kind: "in_flight"; readonly n: number; readonly after: number }
  /** The server has it; it leaves the outbox when it arrives in the log. */
  | { readonly kind: "acked"; readonly n: number; readonly seq: number }
  /** Refused for good; the person decides. */
  | { readonly kind: "failed"; readonly code: ErrorCode };

/** A message that is not in the log yet. */
export interface Entry {
  /** Tells entries of one page apart. */
  readonly key: string;
  readonly text: string;
  /** The file it carries, whose bytes are on the server already. */
  readonly attachment?: Attachment;
  /** When it was written, by this page's clock, in milliseconds since the epoch. */
  readonly at: number;
  readonly state: EntryState;
}

/** What the outbox must know of the session before it sends. */
export interface SendView {
  /** The last outbox number the server took from this page. */
  readonly outboxN: number;
  /** The highest `seq` this page holds. */
  readonly held: number;
}

/** The outbox of one session; oldest first. */
export interface Outbox {
  readonly entries: readonly Entry[];
  /** The last number acknowledged, which may be ahead of the session's view. */
  readonly ackedN: number;
}

/** An outbox with nothing in it. */
export const EMPTY_OUTBOX: Outbox = { entries: [], ackedN: 0 };

/** Refusals that pass by themselves: the same message is sent again. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "busy",
  "internal",
  "rate_limited",
  "not_ready",
]);

/** Whether a refusal with `code` passes by itself. */
export function passes(code: ErrorCode): boolean {
  return PASSING.has(code);
}

/** Puts a message at the end. */
export function enqueue(outbox: Outbox, entry: Omit<Entry, "state">): Outbox {
  return { ...outbox, entries: [...outbox.entries, { ...entry, state: { kind: "queued" } }] };
}

/** The message to send now, the one on its way before any other; null: nothing waits. */
export function nextToSend(
  outbox: Outbox,
  view: SendView,
): { readonly outbox: Outbox; readonly n: number; readonly entry: Entry } | null {
  for (const entry of outbox.entries) {
    if (entry.state.kind === "in_flight") return { outbox, n: entry.state.n, entry };
  }
  const first = outbox.entries.find(({ state }) => state.kind === "queued");
  if (first === undefined) return null;
  const n = Math.max(view.outboxN, outbox.ackedN) + 1;
  const state: EntryState = { kind: "in_flight", n, after: view.held };
  return { outbox: replace(outbox, first.key, state), n, entry: first };
}

/** The server took number `n` and made it `seq`. */
export function acknowledged(outbox: Outbox, n: number, seq: number): Outbox {
  const entry = inFlight(outbox, n);
  const after = entry === undefined
    ? outbox
    : replace(outbox, entry.key, { kind: "acked", n, seq });
  return { ...after, ackedN: Math.max(outbox.ackedN, n) };
}

/** The server refused number `n`. */
export function refused(outbox: Outbox, n: number, code: ErrorCode): Outbox {
  const entry = inFlight(outbox, n);
  if (entry === undefined || passes(code)) return outbox;
  // The server no longer knows this page's count: the next view tells it.
  if (code === "out_of_order") {
    return { ...replace(outbox, entry.key, { kind: "queued" }), ackedN: 0 };
  }
  return replace(outbox, entry.key, { kind: "failed", code });
}

/**
 * Takes out what has arrived in the log; `page` is this page's id. Should its number have become
 * another text (a former life of this page whose storage failed), the message is queued again.
 */
export function arrived(outbox: Outbox, page: string, messages: readonly Message[]): Outbox {
  const own = messages.filter((message) => message.client === page);
  if (own.length === 0 || outbox.entries.length === 0) return outbox;
  let changed = false;
  const entries = outbox.entries.flatMap((entry): Entry[] => {
    const found = own.find((message) => is(entry.state, message));
    if (found === undefined) return [entry];
    changed = true;
    return isSame(entry, found) ? [] : [{ ...entry, state: { kind: "queued" } }];
  });
  return changed ? { ...outbox, entries } : outbox;
}

function isSame(entry: Entry, { text, attachment }: Message): boolean {
  return entry.text === text && entry.attachment?.id === attachment?.id;
}

/** Sends a failed message again, as the newest. */
export function retry(outbox: Outbox, key: string): Outbox {
  const entry = outbox.entries.find((found) => found.key === key);
  if (entry?.state.kind !== "failed") return outbox;
  return enqueue(remove(outbox, key), entry);
}

/** Gives up a failed message. */
export function remove(outbox: Outbox, key: string): Outbox {
  const entries = outbox.entries.filter(({ state, ...entry }) =>
    entry.key !== key || state.kind !== "failed"
  );
  return { ...outbox, entries };
}

/** What has to outlive a reload, as text; null: nothing. */
export function dump(outbox: Outbox): string | null {
  const entries = outbox.entries.filter(({ state }) => state.kind !== "acked");
  return entries.length === 0 ? null : JSON.stringify(entries);
}

/** The opposite of {@link dump}; what cannot be read is nothing: another build may have kept it. */
export function restore(text: string | null): Outbox {
  const kept = parse(text);
  return Array.isArray(kept) ? { entries: kept.filter(isEntry), ackedN: 0 } : EMPTY_OUTBOX;
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

function isEntry(kept: unknown): kept is Entry {
  return isRecord(kept) && typeof kept.key === "string" && typeof kept.text === "string" &&
    typeof kept.at === "number" && isKeptState(kept.state) &&
    (kept.attachment === undefined || isAttachment(kept.attachment));
}

function isKeptState(state: unknown): state is EntryState {
  if (!isRecord(state)) return false;
  switch (state.kind) {
    case "queued":
      return true;
    case "in_flight":
      return typeof state.n === "number" && typeof state.after === "number";
    case "failed":
      return typeof state.code === "string";
    default:
      return false;
  }
}

function isAttachment(kept: unknown): kept is Attachment {
  return isRecord(kept) && typeof kept.id === "string" && typeof kept.name === "string" &&
    typeof kept.type === "string" && typeof kept.size === "number";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function inFlight(outbox: Outbox, n: number): Entry | undefined {
  return outbox.entries.find(({ state }) => state.kind === "in_flight" && state.n === n);
}

function is(state: EntryState, message: Message): boolean {
  switch (state.kind) {
    case "in_flight":
      return state.n === message.n && message.seq > state.after;
    case "acked":
      return state.seq === message.seq;
    case "queued":
    case "failed":
      return false;
  }
}

function replace(outbox: Outbox, key: string, state: EntryState): Outbox {
  const entries = outbox.entries.map((entry) => entry.key === key ? { ...entry, state } : entry);
  return { ...outbox, entries };
}
