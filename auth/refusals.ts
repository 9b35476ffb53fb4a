/** Every way HTTP refuses something: the status beside its stable code (rule A3). */
import type { RefusalCode } from "../protocol/refusals.ts";
import { en } from "../locales/en/mod.ts";

const statuses = {
  not_signed_in: 401,
  forbidden: 403,
  cross_site: 403,
  wrong_credentials: 401,
  too_many_attempts: 429,
  email_taken: 409,
  link_used: 410,
  bad_name: 422,
  bad_email: 422,
  bad_password: 422,
  bad_json: 400,
  body_too_large: 413,
  not_found: 404,
  bad_method: 405,
  not_a_page: 426,
  unknown_device: 404,
  session_ended: 404,
  device_in_session: 409,
  notification_done: 410,
  bad_push_address: 422,
  rate_limited: 429,
  files_off: 403,
  file_empty: 422,
  file_too_large: 413,
  files_full: 413,
  file_kind: 415,
  file_type_mismatch: 415,
  file_moved: 409,
  unknown_file: 404,
  bad_range: 416,
  busy: 503,
  internal: 500,
} as const satisfies Record<RefusalCode, number>;

/** The HTTP status of a refusal (RFC 9110, RFC 6585). */
export function refusalStatus(code: RefusalCode): number {
  return statuses[code];
}

/** The answer of the JSON API to what it refuses: `{code, message}`, in English; `limit`: what would do. */
export function refuse(code: RefusalCode, headers?: HeadersInit, limit?: number): Response {
  const body = { code, message: en.errors[code], limit };
  return Response.json(body, { status: refusalStatus(code), headers });
}
