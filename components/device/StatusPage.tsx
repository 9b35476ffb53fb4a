import type { ComponentChildren } from "preact";
import type { DeviceStatus } from "../../protocol/service.ts";
import { CameraSetting } from "./CameraSetting.tsx";
import { InstallHint } from "./InstallHint.tsx";
import type { KeyOf } from "../../locales/catalogue.ts";
import { LanguageMenu } from "../LanguageMenu.tsx";
import { STATUS_KEYS } from "./status_keys.ts";
import { useSay } from "../words.tsx";

/** Props of {@link StatusPage}. */
export interface StatusPageProps {
  readonly name: string;
  /** Null until the server said it. */
  readonly status: DeviceStatus | null;
  /** The way back into the open session; null: there is none. */
  readonly session: ComponentChildren;
  /** The offer to reach the device while the page is closed; null: none to make now. */
  readonly offer: ComponentChildren;
  /** How the device is reached while the page is closed; null: not known yet. */
  readonly reach: ComponentChildren;
  /** What else can be done here; null: nothing yet. */
  readonly tools: ComponentChildren;
  /** What has just happened. */
  readonly children?: ComponentChildren;
}

/** The agent while no call window is open: the status (rules T1-T4) and what it means. */
export function StatusPage(
  { name, status, session, offer, reach, tools, children }: StatusPageProps,
) {
  const say = useSay();
  return (
    <main class="agent">
      <header class="agent-head">
        <p class="brand">{say("common.product")}</p>
        <p class="agent-device" dir="auto">{name}</p>
      </header>
      <div class={`agent-status status-${status?.toLowerCase().replace(" ", "-") ?? "unknown"}`}>
        {children}
        <span class="agent-lamp" aria-hidden="true"></span>
        <div role="status">
          <h1>{say(status === null ? "device.oneMoment" : STATUS_KEYS[status])}</h1>
          <p>{say(status === null ? "device.meaningUnknown" : MEANING[status])}</p>
        </div>
        {session}
        <div class="agent-actions">
          {offer}
          {tools}
        </div>
      </div>
      <footer class="agent-foot">
        {reach}
        <InstallHint />
        <CameraSetting />
        <LanguageMenu as="row" path="/device" />
      </footer>
    </main>
  );
}

const MEANING = {
  "Not Installed": "device.meaningNotInstalled",
  Disabled: "device.meaningDisabled",
  Connected: "device.meaningConnected",
  Disconnected: "device.meaningDisconnected",
} as const satisfies Record<DeviceStatus, KeyOf<"device">>;
