/** What a session wants to be pushed for, to a device nobody looks at (N2, S3, S4, S8). Pure. */
import type { PushMessage } from "../protocol/push.ts";
import { currentCall, type Session } from "../protocol/session.ts";

/** What waits for the device user in a session; null: nothing. */
export function waitsIn(session: Session): PushMessage | null {
  const { id, state } = session;
  switch (state.kind) {
    case "ringing":
      return { kind: "ring", session: id, until: state.until };
    case "waiting":
      return { kind: "missed", session: id };
    case "open": {
      const call = currentCall(session);
      if (call.kind === "ringing" && call.from === "technician") {
        return { kind: "call", session: id, until: call.until };
      }
      return hasNewText(session) ? { kind: "text", session: id } : null;
    }
    case "ended":
      return null;
  }
}

/** Whether the technician wrote something no page of the device holds. */
function hasNewText({ outbox, cursors }: Session): boolean {
  return Object.values(outbox.technician).some(({ seq }) => seq > cursors.device.received);
}

/** What a step of a session asks to be pushed; null: nothing new. */
export function pushFor(before: Session | null, after: Session | null): PushMessage | null {
  const had = before === null ? null : waitsIn(before);
  const has = after === null ? null : waitsIn(after);
  const session = (after ?? before)?.id;
  if (has !== null && has.kind !== had?.kind) return has;
  // A session that is over leaves nothing on a screen (S8), whatever it was that was pushed.
  const over = after === null || (has === null && had !== null);
  return over && session !== undefined ? { kind: "session_over", session } : null;
}
