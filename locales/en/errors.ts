import { ERROR_SENTENCES } from "../../protocol/error_sentences.ts";
import type { Section } from "../message.ts";

/** Every refusal by its code: the socket's (protocol/errors.ts) and HTTP's (auth/refusals.ts). */
export const errors = {
  ...ERROR_SENTENCES,
  not_signed_in: "Sign in first.",
  cross_site: "That request came from another website, so it was refused. Try again here.",
  wrong_credentials: "The e-mail address or the password is not right.",
  too_many_attempts: "Too many attempts to sign in. Wait a while, then try again.",
  email_taken: "Somebody already signs in with this e-mail address.",
  link_used: "This link was already used or has expired. Ask for a new one.",
  bad_name: "Enter a name of at most 80 characters.",
  bad_email: "Enter an e-mail address, such as name@example.org.",
  bad_password: "Use a password of at least 10 characters.",
  bad_json: "The server could not read that request. Reload the page and try again.",
  body_too_large: "That request is too large.",
  not_found: "There is nothing at this address.",
  bad_method: "This address does not take that kind of request.",
  bad_range: "This part is not in the file.",
  not_a_page: "This address is for Live Support's own connections. There is nothing to see.",
} as const satisfies Section;
