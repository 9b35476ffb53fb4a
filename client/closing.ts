/** What a page does by itself when the server closed its connection for good. */
import type { Live } from "./live.ts";

const RELOADED = "live-support.reloaded";
/** A page that was reloaded for a new version does not do so again within this time. */
const RELOAD_AGAIN_AFTER = 60_000;

/**
 * Loads the new version after an update and goes to `signIn` after signing out; everything else is
 * said by the banner. `signIn` is null for a device, which has no sign-in page.
 */
export function followClosing(live: Live, signIn: string | null): void {
  live.connected.subscribe((state) => {
    if (state.kind !== "closed") return;
    if (state.reason === "signed_out" && signIn !== null) location.assign(signIn);
    if (state.reason === "version") reloadOnce();
  });
}

function reloadOnce(): void {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < RELOAD_AGAIN_AFTER) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}
