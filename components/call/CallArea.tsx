import type { ComponentChildren } from "preact";
import type { Signal } from "@preact/signals";
import { type Medium, mediumAnew } from "../../protocol/session.ts";
import { callPlace } from "../../client/call_plan.ts";
import type { CallOffers } from "../../client/call_options.ts";
import type { OpenSession } from "../../client/open_session.ts";
import type { Talk } from "../../client/talk.ts";
import { Icon } from "../Icon.tsx";
import { CallControls } from "./CallControls.tsx";
import { CallStage } from "./CallStage.tsx";
import { CallWaiting } from "./CallWaiting.tsx";
import { OutputChoice } from "./OutputChoice.tsx";

const LOAD_FAILED = "The call could not be loaded. Check the connection, then try again.";

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
      if (doings.session.value === null) return <CallWaiting name={name} text="Hanging up…" />;
      if (doings.session.value !== session.id) {
        return (
          <OtherCall
            onTake={() => void takeThis(talk, session.id, mediumAnew(place.call.sides[live.side]))}
          />
        );
      }
      if (client === null) {
        return (
          <CallWaiting
            name={name}
            text={doings.loadFailed.value ? "Not connected" : "Connecting…"}
            problem={doings.loadFailed.value
              ? { sentence: LOAD_FAILED, onRetry: () => doings.rejoin() }
              : null}
            onHangUp={hangUp}
          >
            {controls}
          </CallWaiting>
        );
      }
      return (
        <CallStage
          client={client}
          call={place.call}
          side={live.side}
          name={name}
          now={() => live.now()}
          onRetry={() => doings.rejoin()}
        >
          <OutputChoice client={client} choosing={choosing} />
          <CallControls client={client} video={offers.video} choosing={choosing} onHangUp={hangUp}>
            {controls}
          </CallControls>
        </CallStage>
      );
    }
  }
}

/** Hangs up the call this page is in and takes part in this one instead. */
async function takeThis(talk: Talk, session: string, medium: Medium): Promise<void> {
  talk.tell(await talk.call.ask(session, { type: "call.join", session }, medium, () => true));
}

function Outgoing({ name, onCancel }: { readonly name: string; readonly onCancel: () => void }) {
  return (
    <div class="call-strip">
      <p aria-live="polite">Calling {name}…</p>
      <button type="button" class="button button-danger" onClick={onCancel}>
        <Icon name="hangUp" /> Hang up
      </button>
    </div>
  );
}

function Elsewhere({ onMove }: { readonly onMove: () => void }) {
  return (
    <div class="call-strip">
      <p>The call is on another page.</p>
      <button type="button" class="button" onClick={onMove}>Move call here</button>
    </div>
  );
}

function OtherCall({ onTake }: { readonly onTake: () => void }) {
  return (
    <div class="call-strip">
      <p>The user is waiting in a call while you are in another one.</p>
      <button type="button" class="button" onClick={onTake}>Hang up there and talk here</button>
    </div>
  );
}
