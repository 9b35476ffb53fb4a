import type { ComponentChildren } from "preact";
import type { Signal } from "@preact/signals";
import { type Medium, mediumAnew } from "../../protocol/session.ts";
import { callPlace } from "../../client/call_plan.ts";
import type { CallOffers } from "../../client/call_options.ts";
import type { OpenSession } from "../../client/open_session.ts";
import type { Talk } from "../../client/talk.ts";
import { Icon } from "../Icon.tsx";
import { CallWaiting } from "./CallWaiting.tsx";
import { callInProgress } from "./load_call.ts";
import { useSay } from "../words.tsx";

/** Props of {@link CallArea}. */
export interface CallAreaProps {
  readonly talk: Talk;
  readonly session: OpenSession;
  readonly offers: CallOffers;
  readonly choosing: Signal<boolean>;
  /** More controls of the stage. */
  readonly controls?: ComponentChildren;
}

/** The call of a session as this page sees it; nothing while there is none to show. */
export function CallArea({ talk, session, offers, choosing, controls }: CallAreaProps) {
  const say = useSay();
  const { live, call: doings } = talk;
  const { view } = session.record.value;
  const place = callPlace(view, live);
  const name = live.side === "device" ? view.technician.name : view.device.name;
  const hangUp = () => void talk.hangUp(session.id);
  switch (place.kind) {
    case "none":
    case "incoming":
      return null;
    case "outgoing":
      return <Outgoing name={name} onCancel={hangUp} />;
    case "elsewhere":
      return (
        <Elsewhere
          onMove={() => void talk.moveHere(session.id, mediumAnew(place.call.sides[live.side]))}
        />
      );
    case "here": {
      const client = doings.client.value;
      // Left here; the server is still to confirm it.
      if (doings.session.value === null) {
        return <CallWaiting name={name} text={say("call.hangingUp")} />;
      }
      if (doings.session.value !== session.id) {
        return (
          <OtherCall
            onTake={() => void takeThis(talk, session.id, mediumAnew(place.call.sides[live.side]))}
          />
        );
      }
      const stage = callInProgress.value;
      if (client === null || stage === null) {
        return (
          <CallWaiting
            name={name}
            text={say(doings.loadFailed.value ? "call.notConnected" : "call.connecting")}
            problem={doings.loadFailed.value
              ? { text: say("call.loadFailed"), onRetry: () => doings.rejoin() }
              : null}
            onHangUp={hangUp}
          >
            {controls}
          </CallWaiting>
        );
      }
      return (
        <stage.component
          live={live}
          client={client}
          call={place.call}
          name={name}
          offers={offers}
          choosing={choosing}
          onHangUp={hangUp}
          onRetry={() => doings.rejoin()}
          controls={controls}
        />
      );
    }
  }
}

/** Hangs up the call this page is in and takes part in this one instead. */
async function takeThis(talk: Talk, session: string, medium: Medium): Promise<void> {
  talk.tell(await talk.call.ask(session, { type: "call.join", session }, medium, () => true));
}

function Outgoing({ name, onCancel }: { readonly name: string; readonly onCancel: () => void }) {
  const say = useSay();
  return (
    <div class="call-strip">
      <p aria-live="polite">{say("call.calling", { name })}</p>
      <button type="button" class="button button-danger" onClick={onCancel}>
        <Icon name="hangUp" /> {say("call.hangUp")}
      </button>
    </div>
  );
}

function Elsewhere({ onMove }: { readonly onMove: () => void }) {
  const say = useSay();
  return (
    <div class="call-strip">
      <p>{say("call.elsewhere")}</p>
      <button type="button" class="button" onClick={onMove}>{say("call.moveHere")}</button>
    </div>
  );
}

function OtherCall({ onTake }: { readonly onTake: () => void }) {
  const say = useSay();
  return (
    <div class="call-strip">
      <p>{say("call.otherCall")}</p>
      <button type="button" class="button" onClick={onTake}>{say("call.takeThis")}</button>
    </div>
  );
}
