import type { DeviceModel } from "../../client/device_model.ts";
import type { OpenSession } from "../../client/open_session.ts";
import type { Participation } from "../../protocol/session.ts";
import { Icon } from "../Icon.tsx";
import { type Phrase, phrase } from "../../locales/phrase.ts";
import { useSpeaker } from "../words.tsx";

/** Props of {@link OpenSessionCard}. */
export interface OpenSessionCardProps {
  readonly model: DeviceModel;
  readonly session: OpenSession;
}

/** The way back into the session whose call window was closed; a call in it goes on and says so. */
export function OpenSessionCard({ model, session }: OpenSessionCardProps) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const place = model.place();
  const unread = session.unread.value;
  const call = place.kind === "here" ? place.call.sides.device : null;
  return (
    <div class="agent-session">
      {call === null
        ? null
        : <p class="notice">{say("device.stillInCall", { perceived: perceived(call) })}</p>}
      <button
        type="button"
        class="button button-primary button-big"
        aria-description={unread === 0 ? undefined : say("device.newCount", { count: unread })}
        onClick={() => model.show(true)}
      >
        <Icon name="chat" /> {say("device.liveSupport")}
        {unread === 0
          ? null
          : <span class="badge" aria-hidden="true">{speaker.number(unread)}</span>}
      </button>
      {call === null ? null : (
        <button
          type="button"
          class="button button-danger"
          onClick={() => void model.talk.hangUp(session.id)}
        >
          <Icon name="hangUp" /> {say("call.hangUp")}
        </button>
      )}
    </div>
  );
}

/** What the technician perceives of somebody who takes part like this. */
function perceived({ medium, muted: wanted, trouble }: Participation): Phrase {
  const muted = wanted || trouble?.microphone !== undefined;
  if (medium === "video") return phrase(muted ? "device.seenNotHeard" : "device.seenAndHeard");
  return phrase(muted ? "device.notHeard" : "device.heard");
}
