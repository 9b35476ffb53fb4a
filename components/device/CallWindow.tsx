import { useSignal } from "@preact/signals";
import { unreachable } from "../../protocol/errors.ts";
import type { CallOutcome } from "../../protocol/session.ts";
import type { DeviceModel } from "../../client/device_model.ts";
import { lastOutcome } from "../../client/call_plan.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { CallArea } from "../call/CallArea.tsx";
import { Control } from "../call/Control.tsx";
import { CallStarters } from "../call/CallStarters.tsx";
import { EquipmentWish } from "../equipment/EquipmentDoor.tsx";
import { Conversation } from "../conversation/Conversation.tsx";
import { Icon } from "../Icon.tsx";
import { phrase } from "../../locales/phrase.ts";
import { STATUS_KEYS } from "./status_keys.ts";
import { useSay } from "../words.tsx";

/** Props of {@link CallWindow}. */
export interface CallWindowProps {
  readonly model: DeviceModel;
  readonly session: OpenSession;
}

/** The device user's side of an open session: the call, the conversation, or both. */
export function CallWindow({ model, session }: CallWindowProps) {
  const say = useSay();
  const texting = useSignal(false);
  const choosing = useSignal(false);
  const place = model.place().kind;
  const inCall = place === "here";
  const showText = !inCall || texting.value;
  const outcome = outcomeOf(lastOutcome(session.record.value.view));
  const { technician } = session.record.value.view;
  return (
    <main class={`window${inCall ? " window-call" : ""}${showText ? " window-text" : ""}`}>
      <header class="window-head">
        <div class="window-who">
          <h1 class="window-name" dir="auto">{technician.name}</h1>
          <p role="status" class="status-chip">
            {say(STATUS_KEYS[model.live.device.value?.status ?? "Connected"])}
          </p>
        </div>
        <button type="button" class="button" onClick={() => model.show(false)}>
          <Icon name="close" /> {say("common.close")}
        </button>
      </header>
      <EquipmentWish model={model} />
      <div class="window-body">
        <CallArea
          talk={model.talk}
          session={session}
          offers={model.offers.value}
          choosing={choosing}
          controls={
            <Control
              icon="chat"
              label={say("call.text")}
              expanded={texting.value}
              badge={texting.value ? 0 : session.unread.value}
              onClick={() => texting.value = !texting.value}
            />
          }
        />
        {showText
          ? (
            <section class="window-panel" aria-label={say("device.conversation")}>
              {place === "none"
                ? (
                  <CallStarters
                    offers={model.offers.value}
                    refusal={null}
                    onStart={(medium) => void model.talk.start(session.id, medium)}
                  />
                )
                : null}
              <p class="window-outcome" aria-live="polite">
                {outcome === null ? null : say(outcome)}
              </p>
              <Conversation
                key={session.id}
                session={session}
                side="device"
                attention={model.attention}
                refusal={model.live.device.value?.available.text === false
                  ? phrase("device.textOff")
                  : null}
                files={model.live.device.value?.available.files === true}
                focus={inCall}
              />
            </section>
          )
          : null}
      </div>
    </main>
  );
}

/** How the last call came to its end, for somebody who may wonder what they did wrong. */
function outcomeOf(outcome: CallOutcome | null) {
  switch (outcome) {
    case null:
    case "cancelled":
      return null;
    case "hung_up":
      return "device.callEnded";
    case "declined":
      return "device.callDeclined";
    case "missed":
      return "device.callMissed";
    case "switched_off":
      return "device.callSwitchedOff";
    default:
      return unreachable(outcome);
  }
}
