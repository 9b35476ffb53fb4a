/** The moments at which the device may be on another network than before. */

/** Network Information API: only some browsers have it, and TypeScript's DOM does not. */
interface NetworkInformation extends EventTarget {
  /** "wifi", "cellular" …; undefined where the browser does not tell. */
  readonly type?: string;
}

/**
 * Calls `changed` when the network came back or is another one: what is open over the old one is most
 * likely dead, and nobody says so. The returned function stops it.
 */
export function onNetworkChange(changed: () => void): () => void {
  const connection = connectionOf(navigator);
  let before = connection?.type;
  // It also fires when the same network is a little faster or slower.
  const told = () => {
    if (connection?.type === before) return;
    before = connection?.type;
    changed();
  };
  addEventListener("online", changed);
  connection?.addEventListener("change", told);
  return () => {
    removeEventListener("online", changed);
    connection?.removeEventListener("change", told);
  };
}

function connectionOf(
  navigator: Navigator & { readonly connection?: NetworkInformation },
): NetworkInformation | undefined {
  return navigator.connection;
}
