/** The rules of text in a session: the outbox and the cursors (C2, C3). */
import type { Attachment } from "./attachment.ts";
import { reject, type Rejection } from "./errors.ts";
import { advance, type Cursor, type Side } from "./receipts.ts";
import {
  decided,
  type Decision,
  type Message,
  type Outbox,
  type Session,
  type Surroundings,
} from "./session_state.ts";
import { cleanCaption, cleanText } from "./text.ts";

/** How many pages' outbox counters a head remembers per side; the longest silent ones go first. */
export const OUTBOX_PAGES = 64;

/** Takes a message into the log, once, in its page's order (C2). */
export function append(
  session: Session,
  from: Side,
  client: string,
  command: { readonly n: number; readonly text: string; readonly attachment?: Attachment },
  around: Surroundings,
): Decision | Rejection {
  const known = session.outbox[from][client];
  const { n } = command;
  if (known !== undefined && n <= known.n) {
    return { kind: "decided", session, effects: [{ kind: "duplicate", from, client, n }] };
  }
  if (n !== (known?.n ?? 0) + 1) return reject("out_of_order");
  if (!around.available.text) return reject("text_off");
  if (from === "device" && session.state.kind !== "open") return reject("not_answered");
  const { attachment } = command;
  if (attachment !== undefined && !around.available.files) return reject("files_off");
  const text = attachment === undefined ? cleanText(command.text) : cleanCaption(command.text);
  if (!text.ok) return reject(text.code);
  const seq = session.lastSeq + 1;
  const said = { seq, from, text: text.value, at: around.now, client, n };
  const message: Message = attachment === undefined ? said : { ...said, attachment };
  const own = rememberPage(session.outbox[from], client, { n, seq });
  return {
    kind: "decided",
    session: { ...session, lastSeq: seq, outbox: { ...session.outbox, [from]: own } },
    effects: [{ kind: "append", message }],
  };
}

function rememberPage(
  outbox: Outbox,
  client: string,
  last: { n: number; seq: number },
): Outbox {
  const next = { ...outbox, [client]: last };
  const pages = Object.entries(next);
  if (pages.length <= OUTBOX_PAGES) return next;
  return Object.fromEntries(pages.sort(([, a], [, b]) => b.seq - a.seq).slice(0, OUTBOX_PAGES));
}

/** Moves the own cursor forward (C3). */
export function moveCursor(session: Session, side: Side, to: Cursor): Decision | Rejection {
  if (Math.max(to.received, to.read) > session.lastSeq) return reject("bad_cursor");
  const before = session.cursors[side];
  const after = advance(before, to);
  if (after === before) return decided(session);
  return decided({ ...session, cursors: { ...session.cursors, [side]: after } });
}
