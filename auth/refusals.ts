/** Every way HTTP refuses something: a stable code, a status and a sentence (rule A3). */
import { errorSentence } from "../protocol/errors.ts";

const refusals = {
  not_signed_in: [401, "Sign in first."],
  forbidden: [403, errorSentence("forbidden")],
  cross_site: [403, "That request came from another website, so it was refused. Try again here."],
  wrong_credentials: [401, "The e-mail address or the password is not right."],
  too_many_attempts: [429, "Too many attempts to sign in. Wait a while, then try again."],
  email_taken: [409, "Somebody already signs in with this e-mail address."],
  link_used: [410, "This link was already used or has expired. Ask for a new one."],
  bad_name: [422, "Enter a name of at most 80 characters."],
  bad_email: [422, "Enter an e-mail address, such as name@example.org."],
  bad_password: [422, "Use a password of at least 10 characters."],
  bad_json: [400, "The server could not read that request. Reload the page and try again."],
  body_too_large: [413, "That request is too large."],
  not_found: [404, "There is nothing at this address."],
  bad_method: [405, "This address does not take that kind of request."],
  not_a_page: [426, "This address is for Live Support's own connections. There is nothing to see."],
  unknown_device: [404, errorSentence("unknown_device")],
  session_ended: [404, errorSentence("session_ended")],
  device_in_session: [409, "This device has a session. End the session first."],
  notification_done: [410, errorSentence("notification_done")],
  bad_push_address: [422, errorSentence("bad_push_address")],
  files_off: [403, errorSentence("files_off")],
  file_empty: [422, errorSentence("file_empty")],
  file_too_large: [413, errorSentence("file_too_large")],
  files_full: [413, errorSentence("files_full")],
  file_kind: [415, errorSentence("file_kind")],
  file_type_mismatch: [415, errorSentence("file_type_mismatch")],
  file_moved: [409, errorSentence("file_moved")],
  unknown_file: [404, errorSentence("unknown_file")],
  bad_range: [416, "This part is not in the file."],
  internal: [500, errorSentence("internal")],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

/** A stable name for one way of being refused. */
export type RefusalCode = keyof typeof refusals;

/** The HTTP status of a refusal (RFC 9110, RFC 6585). */
export function refusalStatus(code: RefusalCode): number {
  return refusals[code][0];
}

/** The sentence a person reads. */
export function refusalSentence(code: RefusalCode): string {
  return refusals[code][1];
}

/** The answer of the JSON API to what it refuses: `{code, message}`; `limit`: what would do. */
export function refuse(code: RefusalCode, headers?: HeadersInit, limit?: number): Response {
  const body = { code, message: refusalSentence(code), limit };
  return Response.json(body, { status: refusalStatus(code), headers });
}
