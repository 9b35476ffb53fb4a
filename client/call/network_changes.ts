/** The moments at which the device may be on another network than before. */

/** Network Information API: only some browsers have it, and TypeScript's DOM does not. */
interface NetworkInformation extends EventTarget {
  /** "wifi", "cellular" …; undefined where the browser does not tell. */
  readonly type?: string;
}

/** Calls `changed` when the network came back or is another one, until `signal` aborts. */
export function onNetworkChange(changed: () => void, signal: AbortSignal): void {
  addEventListener("online", changed, { signal });
  const connection = connectionOf(navigator);
  let before = connection?.type;
  // It also fires when the same network is a little faster or slower.
  connection?.addEventListener("change", () => {
    if (connection.type === before) return;
    before = connection.type;
    changed();
  }, { signal });
}

function connectionOf(
  navigator: Navigator & { readonly connection?: NetworkInformation },
): NetworkInformation | undefined {
  return navigator.connection;
}
