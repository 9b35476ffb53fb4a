import type { DeviceModel } from "../../client/device_model.ts";
import type { OpenSession } from "../../client/open_session.ts";
import type { Participation } from "../../protocol/session.ts";
import { Icon } from "../Icon.tsx";

/** Props of {@link OpenSessionCard}. */
export interface OpenSessionCardProps {
  readonly model: DeviceModel;
  readonly session: OpenSession;
}

/** The way back into the session whose call window was closed; a call in it goes on and says so. */
export function OpenSessionCard({ model, session }: OpenSessionCardProps) {
  const place = model.place();
  const unread = session.unread.value;
  const call = place.kind === "here" ? place.call.sides.device : null;
  return (
    <div class="agent-session">
      {call === null ? null : <p class="notice">You are still in the call. {perceived(call)}</p>}
      <button
        type="button"
        class="button button-primary button-big"
        aria-description={unread === 0 ? undefined : `${unread} new`}
        onClick={() => model.show(true)}
      >
        <Icon name="chat" /> Live Support
        {unread === 0 ? null : <span class="badge" aria-hidden="true">{unread}</span>}
      </button>
      {call === null ? null : (
        <button
          type="button"
          class="button button-danger"
          onClick={() => void model.talk.hangUp(session.id)}
        >
          <Icon name="hangUp" /> Hang up
        </button>
      )}
    </div>
  );
}

/** What the technician perceives of somebody who takes part like this. */
function perceived({ medium, muted }: Participation): string {
  if (medium === "video") {
    return `Your technician can see ${muted ? "you, but not hear you" : "and hear you"}.`;
  }
  return `Your technician ${muted ? "cannot" : "can"} hear you.`;
}
