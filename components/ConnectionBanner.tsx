import type { ReadonlySignal } from "@preact/signals";
import type { CloseReason } from "../protocol/errors.ts";
import type { ConnectionState } from "../client/connection.ts";
import { Icon } from "./Icon.tsx";
import { useSay } from "./words.tsx";

/** Props of {@link ConnectionBanner}. */
export interface ConnectionBannerProps {
  readonly state: ReadonlySignal<ConnectionState>;
  /** A call that lost its way says so itself, where one looks. */
  readonly said: boolean;
}

/** Says when what is shown may be old. Nothing while all is well. */
export function ConnectionBanner({ state, said }: ConnectionBannerProps) {
  const say = useSay();
  const now = state.value;
  if (now.kind === "online" || (now.kind === "connecting" && !now.lost)) return null;
  if (now.kind === "connecting") {
    if (said) return null;
    return <p class="banner" aria-live="polite">{say("common.reconnecting")}</p>;
  }
  return (
    <div class="banner banner-problem" role="alert">
      <Icon name="alert" />
      <span>{say(closedKey(now.reason))}</span>
      <button type="button" class="button" onClick={() => location.reload()}>
        {say("common.reload")}
      </button>
    </div>
  );
}

function closedKey(reason: CloseReason) {
  switch (reason) {
    case "signed_out":
      return "common.closedSignedOut";
    case "removed":
      return "common.closedRemoved";
    case "version":
      return "common.closedVersion";
    case "replaced":
      return "common.closedReplaced";
    default:
      return "common.closedOther";
  }
}
