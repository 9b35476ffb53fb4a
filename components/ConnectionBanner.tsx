import type { ReadonlySignal } from "@preact/signals";
import type { CloseReason } from "../protocol/errors.ts";
import type { ConnectionState } from "../client/connection.ts";
import { Icon } from "./Icon.tsx";

/** Says when what is shown may be old. Nothing while all is well. */
export function ConnectionBanner({ state }: { readonly state: ReadonlySignal<ConnectionState> }) {
  const now = state.value;
  if (now.kind === "online" || (now.kind === "connecting" && !now.lost)) return null;
  if (now.kind === "connecting") {
    return <p class="banner" aria-live="polite">Reconnecting… What you write is kept.</p>;
  }
  return (
    <div class="banner banner-problem" role="alert">
      <Icon name="alert" />
      <span>{closedSentence(now.reason)}</span>
      <button type="button" class="button" onClick={() => location.reload()}>Reload</button>
    </div>
  );
}

function closedSentence(reason: CloseReason): string {
  switch (reason) {
    case "signed_out":
      return "You are signed out. Sign in again to go on.";
    case "removed":
      return "This device was removed from Live Support. Ask your support team for a new link.";
    case "version":
      return "Live Support was updated. Reload this page to go on.";
    case "replaced":
      return "Live Support went on in another tab. Reload to go on here.";
    default:
      return "The server closed the connection. Reload this page to go on.";
  }
}
