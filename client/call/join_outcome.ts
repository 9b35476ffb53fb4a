/** What follows when a page could not join a media node, or is not on it any more. */
import { type ErrorCode, isFinalClose } from "../../protocol/errors.ts";
import { MediaLost, MediaRefused } from "./media_socket.ts";
import { codeOf, refusal, REPLACED, UNSUPPORTED } from "./problems.ts";
import type { CallProblem } from "./types.ts";

/** How one attempt came to its end. */
export type Outcome =
  | { readonly kind: "again" }
  /** A ticket that was not taken: once may be bad luck. */
  | { readonly kind: "bad_ticket" }
  | { readonly kind: "over"; readonly problem: CallProblem | null };

/** Try again. */
export const AGAIN: Outcome = { kind: "again" };

/** Refusals of a ticket that may be another matter a little later. */
const PASSING: readonly ErrorCode[] = [
  ...["busy", "internal", "not_ready", "rate_limited"] as const,
  ...["calls_unavailable", "bad_frame", "bad_ticket"] as const,
];
/** What follows from whatever ended an attempt to join, or the stay after it. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof MediaLost) return afterLoss(error.reason);
  if (error instanceof MediaRefused) return AGAIN;
  if (error instanceof Error && error.name === "UnsupportedError") {
    return { kind: "over", problem: UNSUPPORTED };
  }
  const code = codeOf(error);
  if (code === null || PASSING.includes(code)) return AGAIN;
  return { kind: "over", problem: refusal(code) };
}

function afterLoss(reason: string): Outcome {
  if (reason === "bad_ticket") return { kind: "bad_ticket" };
  if (reason === "replaced") return { kind: "over", problem: REPLACED };
  return isFinalClose(reason) ? { kind: "over", problem: null } : AGAIN;
}
