import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { DeviceModel } from "../client/device_model.ts";
import { followClosing } from "../client/closing.ts";
import type { DeviceReach } from "../client/device_reach.ts";
import { keepFocus } from "../client/focus.ts";
import { startLive } from "../client/live.ts";
import type { OpenSession } from "../client/open_session.ts";
import { RingDialog } from "../components/call/RingDialog.tsx";
import { loadCall } from "../components/call/load_call.ts";
import { ConnectionBanner } from "../components/ConnectionBanner.tsx";
import { UpdateBanner } from "../components/UpdateBanner.tsx";
import { CallWindow } from "../components/device/CallWindow.tsx";
import { MissedDialog } from "../components/device/MissedDialog.tsx";
import type * as ReachParts from "../components/device/reach_parts.tsx";
import { EquipmentDoor, EquipmentTools } from "../components/equipment/EquipmentDoor.tsx";
import { OpenSessionCard } from "../components/device/OpenSessionCard.tsx";
import { StatusPage } from "../components/device/StatusPage.tsx";
import { NoticeBar } from "../components/NoticeBar.tsx";
import { useSay, WithWords } from "../components/words.tsx";
import { Speaker, type Words } from "../locales/speaker.ts";

/** Props of {@link DeviceAgent}. */
export interface DeviceAgentProps {
  readonly device: { readonly id: string; readonly name: string };
  readonly words: Words;
}

/** A device's page: the agent, what rings on it, and the call window. */
export default function DeviceAgent({ device, words }: DeviceAgentProps) {
  const model = useSignal<DeviceModel | null>(null);
  const reaching = useSignal<Reaching | null>(null);
  useEffect(() => {
    let gone = false;
    const letFocusGo = keepFocus();
    void startLive("device").then((live) => {
      if (gone) return live.dispose();
      followClosing(live, null);
      const { say } = new Speaker(words);
      model.value = new DeviceModel(live, say, loadCall);
      void loadReach(model.value, { say, language: words.locale }).then((loaded) => {
        if (gone) loaded.reach.dispose();
        else reaching.value = loaded;
      });
    });
    return () => {
      gone = true;
      letFocusGo();
      reaching.value?.reach.dispose();
      model.value?.dispose();
    };
  }, []);
  const now = model.value;
  return (
    <WithWords words={words}>
      <div class="app">
        {now === null
          ? (
            <StatusPage
              name={device.name}
              status={null}
              session={null}
              offer={null}
              reach={null}
              tools={null}
            />
          )
          : <Agent model={now} name={device.name} reaching={reaching} />}
      </div>
    </WithWords>
  );
}

/** How the device is reached while nobody looks; its code comes after the page. */
interface Reaching {
  readonly reach: DeviceReach;
  readonly parts: typeof ReachParts;
}

async function loadReach(...page: ConstructorParameters<typeof DeviceReach>): Promise<Reaching> {
  const [{ DeviceReach }, parts] = await Promise.all([
    import("../client/device_reach.ts"),
    import("../components/device/reach_parts.tsx"),
  ]);
  return { reach: new DeviceReach(...page), parts };
}

function Agent({ model, name, reaching }: {
  readonly model: DeviceModel;
  readonly name: string;
  readonly reaching: Signal<Reaching | null>;
}) {
  const loaded = reaching.value;
  const { live, talk } = model;
  const info = live.device.value;
  const session = model.session.value;
  const open = session !== null && model.windowOpen();
  const asked = session !== null && model.asked();
  return (
    <>
      <ConnectionBanner state={live.connected} said={open && talk.call.lost.value === session.id} />
      <UpdateBanner updates={model.updates} />
      {open
        ? (
          <>
            {asked ? null : <NoticeBar notice={talk.notice} place="bar" />}
            <CallWindow key={session.id} model={model} session={session} />
          </>
        )
        : (
          <StatusPage
            offer={loaded === null || session !== null
              ? null
              : <loaded.parts.Offer model={model} {...loaded} />}
            reach={loaded === null || session !== null
              ? null
              : <loaded.parts.Standing model={model} {...loaded} />}
            name={info?.name ?? name}
            status={info?.status ?? null}
            session={session?.record.value.view.state.kind === "open"
              ? <OpenSessionCard model={model} session={session} />
              : null}
            tools={<EquipmentTools model={model} />}
          >
            {asked ? null : <NoticeBar notice={talk.notice} place="inline" />}
          </StatusPage>
        )}
      {open || loaded === null ? null : <loaded.parts.Popups model={model} {...loaded} />}
      <EquipmentDoor model={model} />
      {asked ? <Ringing model={model} session={session} /> : null}
    </>
  );
}

/** What asks the device user for an answer; it says itself what kept the last one. */
function Ringing({ model, session }: {
  readonly model: DeviceModel;
  readonly session: OpenSession;
}) {
  const say = useSay();
  const { view } = session.record.value;
  const offers = model.offers.value;
  const busy = model.answering.value;
  const notice = model.talk.notice.value;
  const problem = notice?.tone === "problem" ? notice.text : null;
  if (view.state.kind === "ringing") {
    return (
      <RingDialog
        key="session"
        title={say("device.incomingSession")}
        name={view.technician.name}
        offers={offers}
        problem={problem}
        busy={busy}
        onAccept={(as) => void model.answer(as)}
        textOnly
        onReject={() => void model.reject()}
      >
        {say("device.wantsToHelp")}
      </RingDialog>
    );
  }
  if (view.state.kind === "waiting") {
    return (
      <MissedDialog
        name={view.technician.name}
        problem={problem}
        busy={busy}
        onOpen={() => void model.answer("text")}
        onReject={() => void model.reject()}
      />
    );
  }
  return (
    <RingDialog
      key="call"
      title={say("device.incomingCall")}
      name={view.technician.name}
      offers={offers}
      problem={problem}
      busy={false}
      onAccept={(as) => void model.accept(as)}
      textOnly={false}
      onReject={() => void model.talk.decline(session.id)}
    >
      {say("device.isCallingYou")}
    </RingDialog>
  );
}
