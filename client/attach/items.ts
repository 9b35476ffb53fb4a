/** The files a person has chosen and that are not in the conversation yet, as data. Pure. */
import type { FileRefusal } from "../../protocol/attachment.ts";

/** What went wrong with a file: what the server says, or the page itself. */
export type FileProblem =
  | { readonly kind: "refused"; readonly code: FileRefusal; readonly limit: number | null }
  /** The browser cannot read this photo, and a photo is never sent as the camera wrote it. */
  | { readonly kind: "unreadable" }
  /** The server refuses it for a reason this page does not know. */
  | { readonly kind: "failed" };

/** Where a file stands on its way. */
export type ItemState =
  /** Being drawn anew. `wanted`: Send was pressed already. */
  | { readonly kind: "preparing"; readonly wanted: boolean }
  /** Waits for Send. */
  | { readonly kind: "chosen" }
  /** Waits for those before it. */
  | { readonly kind: "queued" }
  /** `stalled`: there is no connection; it goes on by itself. */
  | { readonly kind: "sending"; readonly sent: number; readonly stalled: boolean }
  | { readonly kind: "stopped"; readonly problem: FileProblem }
  /** The page was reloaded in the middle of it: the file itself is gone from the page. */
  | { readonly kind: "interrupted" };

/** One file on its way. */
export interface Item {
  /** Names the upload, too. */
  readonly id: string;
  readonly name: string;
  /** Bytes; 0 where it is not known any more. */
  readonly size: number;
  /** Object URL of a picture of it; null: it is not shown as one. */
  readonly preview: string | null;
  /** Its camera data could not be taken out. */
  readonly original: boolean;
  readonly state: ItemState;
}

/** What happens to one file. */
export type ItemEvent =
  | { readonly type: "prepared"; readonly size: number; readonly preview: string | null }
  | { readonly type: "send" }
  | { readonly type: "begin" }
  | { readonly type: "progress"; readonly sent: number }
  | { readonly type: "stalled"; readonly lost: boolean }
  | { readonly type: "stop"; readonly problem: FileProblem }
  | { readonly type: "retry" };

/** How many files of one session go up at a time: text and calls need room, too. */
export const AT_ONCE = 2;

/** The item after `event`; what does not fit its state changes nothing. */
export function step(item: Item, event: ItemEvent): Item {
  const { state } = item;
  const to = (next: ItemState): Item => ({ ...item, state: next });
  switch (event.type) {
    case "prepared": {
      if (state.kind !== "preparing") return item;
      const { size, preview } = event;
      return { ...item, size, preview, state: { kind: state.wanted ? "queued" : "chosen" } };
    }
    case "send":
      if (state.kind === "preparing") return to({ kind: "preparing", wanted: true });
      return state.kind === "chosen" ? to({ kind: "queued" }) : item;
    case "begin":
      return state.kind === "queued" ? to({ kind: "sending", sent: 0, stalled: false }) : item;
    case "progress":
      return state.kind === "sending" ? to({ ...state, sent: event.sent }) : item;
    case "stalled":
      return state.kind === "sending" && state.stalled !== event.lost
        ? to({ ...state, stalled: event.lost })
        : item;
    case "stop": {
      const over = state.kind === "stopped" || state.kind === "interrupted";
      return over ? item : to({ kind: "stopped", problem: event.problem });
    }
    case "retry":
      return canRetry(item) ? to({ kind: "queued" }) : item;
  }
}

/** Whether trying again may help: the same file is never small enough, or another kind. */
export function canRetry({ state }: Item): boolean {
  if (state.kind !== "stopped") return false;
  const { problem } = state;
  switch (problem.kind) {
    case "failed":
      return true;
    case "unreadable":
      return false;
    case "refused":
      return ["files_full", "files_off", "unknown_file"].includes(problem.code);
  }
}

/** Whether pressing Send would send something. */
export function anyChosen(items: readonly Item[]): boolean {
  return items.some(({ state }) =>
    state.kind === "chosen" || (state.kind === "preparing" && !state.wanted)
  );
}

/** The files to begin with now, so that at most {@link AT_ONCE} go up. */
export function toBegin(items: readonly Item[]): readonly Item[] {
  const busy = items.filter(({ state }) => state.kind === "sending").length;
  return items.filter(({ state }) => state.kind === "queued").slice(0, Math.max(0, AT_ONCE - busy));
}

/** What has to outlive a reload: which files were on their way. Null: none. */
export function dumpItems(items: readonly Item[]): string | null {
  const left = items.map(({ id, name }) => ({ id, name }));
  return left.length === 0 ? null : JSON.stringify(left);
}

/** The opposite of {@link dumpItems}: what a reload interrupted. What cannot be read is nothing. */
export function restoreItems(text: string | null): readonly Item[] {
  const left = parse(text);
  if (!Array.isArray(left)) return [];
  return left.flatMap((one: unknown): Item[] => {
    if (typeof one !== "object" || one === null || !("id" in one && "name" in one)) return [];
    const { id, name } = one;
    if (typeof id !== "string" || typeof name !== "string") return [];
    return [{ id, name, size: 0, preview: null, original: false, state: { kind: "interrupted" } }];
  });
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
