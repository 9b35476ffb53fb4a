/** The English sentence of every refusal: what `message` says beside the code, and logs. */
import type { ErrorCode, Rejection } from "./errors.ts";

/** By code. Pages say `errors.<code>` in their own language instead. */
export const ERROR_SENTENCES = {
  bad_frame: "The server could not read that request. Reload the page and try again.",
  frame_too_large: "That request is too large.",
  rate_limited: "Too many requests at once. Wait a moment, then try again.",
  not_ready: "Say hello first: the connection is not set up yet.",
  forbidden: "You may not do that.",
  busy: "The server is busy. Try again in a moment.",
  internal: "Something went wrong on the server. Try again.",
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
} as const satisfies Record<ErrorCode, string>;

/** The English sentence for `code`. */
export function errorSentence(code: ErrorCode): string {
  return ERROR_SENTENCES[code];
}

/** What is told in English about a refusal. */
export function rejectionSentence({ code, holder }: Rejection): string {
  if (holder === undefined) return errorSentence(code);
  return `${holder.you ? "You already have" : `${holder.name} has`} a session with this device.`;
}
