import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Role } from "../client/api.ts";
import { followClosing } from "../client/closing.ts";
import { ConsoleModel } from "../client/console_model.ts";
import { keepFocus } from "../client/focus.ts";
import { startLive } from "../client/live.ts";
import { ConnectionBanner } from "../components/ConnectionBanner.tsx";
import { DeviceList } from "../components/console/DeviceList.tsx";
import { Elsewhere } from "../components/console/Elsewhere.tsx";
import { SessionPane } from "../components/console/SessionPane.tsx";
import { NoticeBar } from "../components/NoticeBar.tsx";
import { mediaReason } from "../client/call_options.ts";

/** Props of {@link Console}. */
export interface ConsoleProps {
  readonly technician: { readonly id: string; readonly name: string; readonly role: Role };
}

/** The technician's page: devices on the left, the open conversation on the right. */
export default function Console({ technician }: ConsoleProps) {
  const model = useSignal<ConsoleModel | null>(null);
  useEffect(() => {
    let gone = false;
    const letFocusGo = keepFocus();
    void startLive("technician").then((live) => {
      if (gone) return live.dispose();
      followClosing(live, "/sign-in");
      model.value = new ConsoleModel(live);
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
    <div class={open === null ? "console" : "console console-open"}>
      <header class="console-head">
        <h1 class="brand">Live Support</h1>
        {now === null ? null : <MediaLine model={now} />}
        <span class="console-me">{technician.name}</span>
        {technician.role === "administrator" ? <a class="button" href="/admin">Settings</a> : null}
        <form method="post" action="/sign-out">
          <button type="submit" class="button">Sign out</button>
        </form>
      </header>
      {now === null ? <p class="devices-empty">Loading…</p> : <Desk model={now} open={open} />}
    </div>
  );
}

function Desk({ model, open }: { readonly model: ConsoleModel; readonly open: string | null }) {
  return (
    <>
      <ConnectionBanner state={model.live.connected} />
      <main class="desk">
        <DeviceList model={model} />
        <Elsewhere model={model} />
        {open === null
          ? (
            <div class="desk-empty">
              <p>Start a session with a device, or open one of yours.</p>
            </div>
          )
          : <SessionPane key={open} model={model} device={open} />}
      </main>
      <NoticeBar notice={model.talk.notice} place="toast" />
    </>
  );
}

/** Why calls cannot be made at all now, if so. */
function MediaLine({ model }: { readonly model: ConsoleModel }) {
  const media = model.live.media.value;
  const reason = media === null ? null : mediaReason(media);
  return reason === null ? null : <p class="console-media" aria-live="polite">{reason}</p>;
}
