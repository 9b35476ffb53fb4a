/** System notifications are shown and looked at one at a time, among all pages and the service worker. */

/** The name of their Web Lock; static/sw.js takes it, too. */
const LOCK = "system-notifications";
/** How long another may take, in milliseconds: one whose page the system suspended keeps it for good. */
const PATIENCE = 2_000;

/**
 * Runs `act` while nobody else shows or looks at system notifications of this browser. Chromium forgets
 * one that is asked for between its writing down and its showing: it stays on the screen, where nobody
 * can take it away any more (S8), and its tap does nothing. Rejects as `act` does. Without Web Locks
 * (W3C Web Locks API), or where the others take too long, `act` just runs.
 */
export async function inTurn<T>(act: () => Promise<T>): Promise<T> {
  let begun = false;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return await navigator.locks.request(LOCK, { signal }, () => {
      begun = true;
      return act();
    });
  } catch (error) {
    if (begun) throw error;
    return await act();
  }
}
