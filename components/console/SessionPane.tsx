import { useSignal } from "@preact/signals";
import { endSessionOnLeaving } from "../../client/api.ts";
import type { ConsoleModel, Outcome } from "../../client/console_model.ts";
import { type CallOffers, offerReason } from "../../client/call_options.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { CallArea } from "../call/CallArea.tsx";
import { CallStarters } from "../call/CallStarters.tsx";
import { EquipmentTools } from "../equipment/EquipmentSummary.tsx";
import { Conversation } from "../conversation/Conversation.tsx";
import { Icon } from "../Icon.tsx";
import { EndSessionDialog } from "./EndSessionDialog.tsx";
import { IncomingStrip } from "./IncomingStrip.tsx";
import { stateLine } from "./state_line.ts";
import { type Phrase, phrase } from "../../locales/phrase.ts";
import { useSay } from "../words.tsx";

/** Props of {@link SessionPane}. */
export interface SessionPaneProps {
  readonly model: ConsoleModel;
  readonly device: string;
}

/** The conversation with one device, in a region named after it. */
export function SessionPane({ model, device }: SessionPaneProps) {
  const say = useSay();
  const session = model.sessionWith(device);
  const row = model.row(device);
  const name = row?.name ?? session?.record.value.view.device.name ?? "";
  return (
    <section class="pane" role="region" aria-label={name}>
      <header class="pane-head">
        <button type="button" class="button" onClick={() => model.show(null)}>
          <Icon name="arrowLeft" /> <span class="pane-back">{say("console.back")}</span>
        </button>
        <div class="pane-who">
          <h2 class="pane-name" dir="auto">{name}</h2>
          <p class="pane-state" aria-live="polite">
            {say(paneState(model, session, row?.session?.mine))}
          </p>
        </div>
        {session === null ? null : <EndButton model={model} session={session} name={name} />}
      </header>
      {session === null
        ? <Closed model={model} />
        : <OpenPane key={session.id} model={model} session={session} device={device} />}
    </section>
  );
}

function paneState(
  model: ConsoleModel,
  session: OpenSession | null,
  mine: boolean | undefined,
): Phrase {
  if (session !== null) return stateLine(session.record.value.view, model.live.page);
  switch (model.outcome.value) {
    case "rejected":
      return phrase("console.rejected");
    case "ended":
      return phrase("console.ended");
    case null:
      return phrase(
        mine === true || model.starting.value ? "console.starting" : "console.noSession",
      );
  }
}

function Closed({ model }: { readonly model: ConsoleModel }) {
  const say = useSay();
  return <p class="pane-over">{say(overKey(model.outcome.value))}</p>;
}

function overKey(outcome: Outcome | null) {
  switch (outcome) {
    case "rejected":
      return "console.overRejected";
    case "ended":
      return "console.overEnded";
    case null:
      return "console.overNone";
  }
}

function EndButton({ model, session, name }: {
  readonly model: ConsoleModel;
  readonly session: OpenSession;
  readonly name: string;
}) {
  const say = useSay();
  const asked = useSignal(false);
  return (
    <>
      <button type="button" class="button button-danger" onClick={() => asked.value = true}>
        {say("console.endSession")}
      </button>
      {asked.value
        ? (
          <EndSessionDialog
            device={name}
            onKeep={() => asked.value = false}
            onLeave={() => endSessionOnLeaving(session.id)}
            onEnd={() => {
              asked.value = false;
              void model.end(session.id);
            }}
          />
        )
        : null}
    </>
  );
}

function OpenPane({ model, session, device }: {
  readonly model: ConsoleModel;
  readonly session: OpenSession;
  readonly device: string;
}) {
  const say = useSay();
  const choosing = useSignal(false);
  const offers = model.offers(device);
  const place = model.place(session).kind;
  const { state } = session.record.value.view;
  const textOff = model.row(device)?.available.text === false;
  return (
    <div class={place === "here" ? "pane-body pane-call" : "pane-body"}>
      {place === "incoming"
        ? <IncomingStrip model={model} session={session} offers={offers} />
        : null}
      <CallArea talk={model.talk} session={session} offers={offers} choosing={choosing} />
      <div class="pane-text">
        {place === "none"
          ? <EquipmentTools model={model} session={session} row={model.row(device)} />
          : null}
        {place === "none"
          ? (
            <div class="pane-tools">
              <CallStarters
                offers={offers}
                refusal={callRefusal(model, session, offers)}
                onStart={(medium) => void model.talk.start(session.id, medium)}
              />
              {state.kind === "waiting"
                ? (
                  <button
                    type="button"
                    class="button"
                    onClick={() => void model.ringAgain(session.id)}
                  >
                    {say("console.ringAgain")}
                  </button>
                )
                : null}
            </div>
          )
          : null}
        <Conversation
          session={session}
          side="technician"
          attention={model.attention}
          refusal={textOff ? phrase("console.textOff") : null}
          files={model.row(device)?.available.files === true}
          focus
        />
      </div>
    </div>
  );
}

/** Why no call can be started from here now, besides what is switched off. */
function callRefusal(model: ConsoleModel, session: OpenSession, offers: CallOffers): Phrase | null {
  const { state } = session.record.value.view;
  if (offerReason(offers) !== null && !offers.voice.ok) return null;
  if (state.kind === "ringing") return phrase("console.callsAfterAnswer");
  if (state.kind === "waiting") return phrase("console.notAnsweredYet");
  const other = model.talk.call.session.value;
  return other === null || other === session.id ? null : phrase("console.inAnotherCall");
}
