/** What a page does by itself when the server closed its connection for good. */
import type { Live } from "./live.ts";

/**
 * Goes to `signIn` after signing out; updating.ts sees to new versions, and everything else is said by
 * the banner. `signIn` is null for a device, which has no sign-in page.
 */
export function followClosing(live: Live, signIn: string | null): void {
  live.connected.subscribe((state) => {
    if (state.kind !== "closed") return;
    if (state.reason === "signed_out" && signIn !== null) location.assign(signIn);
  });
}
