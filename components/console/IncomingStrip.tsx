import { type CallOffers, offerReason } from "../../client/call_options.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { Icon } from "../Icon.tsx";
import { useSay } from "../words.tsx";

/** Props of {@link IncomingStrip}. */
export interface IncomingStripProps {
  readonly model: ConsoleModel;
  readonly session: OpenSession;
  readonly offers: CallOffers;
}

/** The device user calls: answers beside the conversation, which stays usable. */
export function IncomingStrip({ model, session, offers }: IncomingStripProps) {
  const say = useSay();
  const { name } = session.record.value.view.device;
  const accept = (medium: "voice" | "video") => {
    model.show(session.record.peek().view.device.id);
    void model.talk.accept(session.id, medium);
  };
  const reason = offerReason(offers);
  return (
    <div
      class="incoming"
      role="alertdialog"
      aria-label={say("console.incomingCallFrom", { device: name })}
    >
      <p class="incoming-who" role="alert">{say("call.isCalling", { name })}</p>
      <div class="incoming-answers">
        {offers.video.ok
          ? (
            <button type="button" class="button button-answer" onClick={() => accept("video")}>
              <Icon name="camera" /> {say("call.acceptVideo")}
            </button>
          )
          : null}
        {offers.voice.ok
          ? (
            <button type="button" class="button button-answer" onClick={() => accept("voice")}>
              <Icon name="phone" /> {say("call.acceptVoice")}
            </button>
          )
          : null}
        <button
          type="button"
          class="button button-danger"
          onClick={() => void model.talk.decline(session.id)}
        >
          {say("call.decline")}
        </button>
      </div>
      {reason === null ? null : <p class="hint">{say(reason)}</p>}
    </div>
  );
}
