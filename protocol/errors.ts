/**
 * Every way the server refuses something, as a stable code and a sentence for a person (rule A3).
 * The code is the contract; the sentence may be reworded.
 */
const sentences = {
  bad_frame: "The server could not read that request. Reload the page and try again.",
  frame_too_large: "That request is too large.",
  rate_limited: "Too many requests at once. Wait a moment, then try again.",
  not_ready: "Say hello first: the connection is not set up yet.",
  forbidden: "You may not do that.",
  busy: "The server is busy. Try again in a moment.",
  internal: "Something went wrong on the server. Nothing was changed; try again.",
  unknown_device: "There is no such device.",
  session_ended: "The session has ended.",
  device_in_session: "This device already has a session.",
  device_not_installed: "Live Support is not set up on this device yet.",
  service_disabled: "Live Support is switched off for this device.",
  text_off: "Text is switched off.",
  voice_off: "Voice calls are switched off.",
  video_off: "Video is switched off.",
  calls_unavailable: "Calls are not available right now. Text works.",
  already_answered: "This session was already answered.",
  not_answered: "Answer the session first.",
  session_ringing: "The device is still ringing.",
  not_ringing: "Nothing is ringing.",
  no_call: "There is no call.",
  in_call: "That has to wait until the call is over.",
  text_empty: "A message needs some text.",
  text_too_long: "A message may have at most 4,000 characters.",
  out_of_order: "That message came out of order; send it again.",
  files_off: "Sending files is switched off.",
  file_empty: "This file is empty.",
  file_too_large: "This file is too large.",
  files_full: "There is no more room for files in this session.",
  file_kind: "Files of this kind are not allowed here.",
  file_type_mismatch: "This file is not what its name says.",
  file_moved: "The file's upload has moved on. Ask how far it is.",
  unknown_file: "This file is not there any more. Attach it again.",
  bad_cursor: "That message does not exist yet.",
  notification_done: "This notification was already answered, marked as read or taken back.",
  too_many_notifications:
    "Too many notifications wait already. Take some back or dismiss some first.",
  bad_push_address: "This server does not send to the push service of this browser.",
  push_off: "This browser is not set up to be notified.",
  bad_ticket: "The ticket for this call is not valid. Join the call again.",
  bad_request: "The call could not be set up that way. Join the call again.",
} as const;

/** A stable name for one way of being refused. */
export type ErrorCode = keyof typeof sentences;

/** All error codes, for schemas and tests. */
export const ERROR_CODES = Object.keys(sentences) as [ErrorCode, ...ErrorCode[]];

/** The sentence a person reads for `code`. */
export function errorSentence(code: ErrorCode): string {
  return sentences[code];
}

/** A refusal as a value: what `decide` and the store answer instead of throwing. */
export interface Rejection {
  readonly kind: "rejected";
  readonly code: ErrorCode;
  /** More than the standing sentence says, e.g. who holds the device's session. */
  readonly detail?: string;
}

/** A refusal with the standing sentence of `code`, or with `detail` in its place. */
export function reject(code: ErrorCode, detail?: string): Rejection {
  return detail === undefined ? { kind: "rejected", code } : { kind: "rejected", code, detail };
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
