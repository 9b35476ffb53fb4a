import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { DeviceModel } from "../client/device_model.ts";
import { followClosing } from "../client/closing.ts";
import { keepFocus } from "../client/focus.ts";
import { startLive } from "../client/live.ts";
import type { OpenSession } from "../client/open_session.ts";
import { RingDialog } from "../components/call/RingDialog.tsx";
import { ConnectionBanner } from "../components/ConnectionBanner.tsx";
import { CallWindow } from "../components/device/CallWindow.tsx";
import { MissedDialog } from "../components/device/MissedDialog.tsx";
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
  useEffect(() => {
    let gone = false;
    const letFocusGo = keepFocus();
    void navigator.serviceWorker?.register("/sw.js").catch(() => {});
    void startLive("device").then((live) => {
      if (gone) return live.dispose();
      followClosing(live, null);
      model.value = new DeviceModel(live, new Speaker(words).say);
    });
    return () => {
      gone = true;
      letFocusGo();
      model.value?.dispose();
    };
  }, []);
  const now = model.value;
  return (
    <WithWords words={words}>
      <div class="app">
        {now === null
          ? <StatusPage name={device.name} status={null} session={null} />
          : <Agent model={now} name={device.name} />}
      </div>
    </WithWords>
  );
}

function Agent({ model, name }: { readonly model: DeviceModel; readonly name: string }) {
  const { live, talk } = model;
  const info = live.device.value;
  const session = model.session.value;
  const open = session !== null && model.windowOpen();
  const asked = session !== null && model.asked();
  return (
    <>
      <ConnectionBanner state={live.connected} />
      {open
        ? (
          <>
            {asked ? null : <NoticeBar notice={talk.notice} place="bar" />}
            <CallWindow key={session.id} model={model} session={session} />
          </>
        )
        : (
          <StatusPage
            name={info?.name ?? name}
            status={info?.status ?? null}
            session={session?.record.value.view.state.kind === "open"
              ? <OpenSessionCard model={model} session={session} />
              : null}
          >
            {asked ? null : <NoticeBar notice={talk.notice} place="inline" />}
          </StatusPage>
        )}
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
