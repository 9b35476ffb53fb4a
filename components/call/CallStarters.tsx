import type { Medium } from "../../protocol/session.ts";
import { type CallOffers, offerReason } from "../../client/call_options.ts";
import { Icon } from "../Icon.tsx";
import type { Phrase } from "../../locales/phrase.ts";
import { useSay } from "../words.tsx";

/** Props of {@link CallStarters}. */
export interface CallStartersProps {
  readonly offers: CallOffers;
  /** Why no call can be started besides what `offers` says; null: nothing else stands against it. */
  readonly refusal: Phrase | null;
  readonly onStart: (medium: Medium) => void;
}

/** "Start call" and "Start video call", or why not. */
export function CallStarters({ offers, refusal, onStart }: CallStartersProps) {
  const say = useSay();
  const reason = refusal ?? offerReason(offers);
  const hint = reason === null ? undefined : "call-refusal";
  return (
    <div class="call-starters">
      <button
        type="button"
        class="button"
        disabled={refusal !== null || !offers.voice.ok}
        aria-describedby={hint}
        onClick={() => onStart("voice")}
      >
        <Icon name="phone" /> {say("call.start")}
      </button>
      <button
        type="button"
        class="button"
        disabled={refusal !== null || !offers.video.ok}
        aria-describedby={hint}
        onClick={() => onStart("video")}
      >
        <Icon name="camera" /> {say("call.startVideo")}
      </button>
      {reason === null ? null : <p id="call-refusal" class="hint">{say(reason)}</p>}
    </div>
  );
}
