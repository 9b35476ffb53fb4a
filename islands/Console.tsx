import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Role } from "../client/api.ts";
import { followClosing } from "../client/closing.ts";
import { ConsoleModel } from "../client/console_model.ts";
import { keepFocus } from "../client/focus.ts";
import { startLive } from "../client/live.ts";
import { loadCall } from "../components/call/load_call.ts";
import { ConnectionBanner } from "../components/ConnectionBanner.tsx";
import { UpdateBanner } from "../components/UpdateBanner.tsx";
import { AlertsButton } from "../components/console/AlertsButton.tsx";
import { DeviceList } from "../components/console/DeviceList.tsx";
import { Elsewhere } from "../components/console/Elsewhere.tsx";
import { SessionPane } from "../components/console/SessionPane.tsx";
import { NoticeBar } from "../components/NoticeBar.tsx";
import { useSay, WithWords } from "../components/words.tsx";
import { mediaReason } from "../client/call_options.ts";
import { Speaker, type Words } from "../locales/speaker.ts";
import { LanguageMenu } from "../components/LanguageMenu.tsx";
import { phrase } from "../locales/phrase.ts";

/** Props of {@link Console}. */
export interface ConsoleProps {
  readonly technician: { readonly id: string; readonly name: string; readonly role: Role };
  readonly words: Words;
}

/** The technician's page: devices on the left, the open conversation on the right. */
export default function Console({ technician, words }: ConsoleProps) {
  const model = useSignal<ConsoleModel | null>(null);
  useEffect(() => {
    let gone = false;
    const letFocusGo = keepFocus();
    void startLive("technician").then((live) => {
      if (gone) return live.dispose();
      followClosing(live, "/sign-in");
      model.value = new ConsoleModel(live, new Speaker(words).say, loadCall);
    });
    return () => {
      gone = true;
      letFocusGo();
      model.value?.dispose();
    };
  }, []);
  const now = model.value;
  const open = now?.open.value ?? null;
  return (
    <WithWords words={words}>
      <div class={open === null ? "console" : "console console-open"}>
        <Head technician={technician} model={now} />
        {now === null ? <Loading /> : <Desk model={now} open={open} />}
      </div>
    </WithWords>
  );
}

function Head({ technician, model }: {
  readonly technician: ConsoleProps["technician"];
  readonly model: ConsoleModel | null;
}) {
  const say = useSay();
  return (
    <header class="console-head">
      <h1 class="brand">{say("common.product")}</h1>
      {model === null
        ? null
        : <MediaLine model={model} administrator={technician.role === "administrator"} />}
      {model === null ? null : <AlertsButton model={model} />}
      <LanguageMenu as="menu" path="/console" />
      <span class="console-me" dir="auto">{technician.name}</span>
      {technician.role === "administrator"
        ? <a class="button" href="/admin">{say("console.settings")}</a>
        : null}
      <form method="post" action="/sign-out">
        <button type="submit" class="button">{say("console.signOut")}</button>
      </form>
    </header>
  );
}

function Loading() {
  return <p class="devices-empty">{useSay()("common.loading")}</p>;
}

function Desk({ model, open }: { readonly model: ConsoleModel; readonly open: string | null }) {
  const say = useSay();
  const lost = model.talk.call.lost.value;
  const said = open !== null && lost !== null && model.sessionWith(open)?.id === lost;
  return (
    <>
      <ConnectionBanner state={model.live.connected} said={said} />
      <UpdateBanner updates={model.updates} />
      <main class="desk">
        <DeviceList model={model} />
        <Elsewhere model={model} />
        {open === null
          ? (
            <div class="desk-empty">
              <p>{say("console.nothingOpen")}</p>
            </div>
          )
          : <SessionPane key={open} model={model} device={open} />}
      </main>
      <NoticeBar notice={model.talk.notice} place="toast" />
    </>
  );
}

/** Why calls cannot be made at all now, if so; what is wrong with the node, administrators read. */
function MediaLine({ model, administrator }: {
  readonly model: ConsoleModel;
  readonly administrator: boolean;
}) {
  const say = useSay();
  const media = model.live.media.value;
  if (media === null || media.state === "ready") return null;
  const text = administrator && media.state === "unavailable"
    ? phrase("call.unavailableBecause", { reason: media.reason })
    : mediaReason(media);
  return text === null ? null : <p class="console-media" aria-live="polite">{say(text)}</p>;
}
