/**
 * Every way the server refuses something, as a stable code (rule A3): the code is the contract. Its
 * English sentence is in error_sentences.ts, which no page needs; pages say it in their own language.
 */
export const ERROR_CODES = [
  "bad_frame",
  "frame_too_large",
  "rate_limited",
  "not_ready",
  "forbidden",
  "busy",
  "internal",
  "unknown_device",
  "session_ended",
  "device_in_session",
  "device_not_installed",
  "service_disabled",
  "text_off",
  "voice_off",
  "video_off",
  "calls_unavailable",
  "already_answered",
  "not_answered",
  "session_ringing",
  "not_ringing",
  "no_call",
  "in_call",
  "text_empty",
  "text_too_long",
  "out_of_order",
  "files_off",
  "file_empty",
  "file_too_large",
  "files_full",
  "file_kind",
  "file_type_mismatch",
  "file_moved",
  "unknown_file",
  "bad_cursor",
  "notification_done",
  "too_many_notifications",
  "bad_push_address",
  "push_off",
  "bad_ticket",
  "bad_request",
] as const;

/** A stable name for one way of being refused. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A refusal as a value: what `decide` and the store answer instead of throwing. */
export interface Rejection {
  readonly kind: "rejected";
  readonly code: ErrorCode;
  /** With `device_in_session`: who has the session. */
  readonly holder?: Holder;
}

/** The technician a device's session belongs to (S2), as a refused one is told. */
export interface Holder {
  readonly name: string;
  /** It is the one who was refused. */
  readonly you: boolean;
}

/** A refusal of `code`. */
export function reject(code: ErrorCode): Rejection {
  return { kind: "rejected", code };
}

/** Whether it was refused: every function that may answer a {@link Rejection} is asked by this. */
export function isRejection(answer: object): answer is Rejection {
  return "kind" in answer && answer.kind === "rejected";
}

/**
 * The one WebSocket close code of this protocol (RFC 6455 section 7.4.2, private use); the close
 * reason is one of {@link CLOSE_REASONS}.
 */
export const CLOSE_CODE = 4000;

/** Why the server closes a socket. `final` ones tell the page not to come back by itself. */
export const CLOSE_REASONS = {
  signed_out: { final: true },
  removed: { final: true },
  version: { final: true },
  replaced: { final: true },
  call_over: { final: true },
  bad_ticket: { final: true },
  flooding: { final: false },
  too_slow: { final: false },
  /** The store did not answer: come back and get what was missed. */
  unavailable: { final: false },
  /** The call goes on at another media node. */
  moved: { final: false },
  shutting_down: { final: false },
} as const;

/** One of the shared close reasons. */
export type CloseReason = keyof typeof CLOSE_REASONS;

/** Whether `reason`, as received in a close event, forbids reconnecting by itself. */
export function isFinalClose(reason: string): boolean {
  return reason in CLOSE_REASONS && CLOSE_REASONS[reason as CloseReason].final;
}

/**
 * The `never` end of an exhaustive switch: reaching it is a bug. Of the value only its tag is named:
 * it may be a command with somebody's text in it, and errors are logged (S8).
 */
export function unreachable(value: never): never {
  const tag: unknown = Object(value).type ?? Object(value).kind ?? typeof value;
  throw new TypeError(`not handled: ${String(tag)}`);
}
