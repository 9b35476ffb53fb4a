import type { ComponentChildren } from "preact";
import type { DeviceStatus } from "../../protocol/service.ts";
import { InstallHint } from "./InstallHint.tsx";

/** Props of {@link StatusPage}. */
export interface StatusPageProps {
  readonly name: string;
  /** Null until the server said it. */
  readonly status: DeviceStatus | null;
  /** The way back into the open session; null: there is none. */
  readonly session: ComponentChildren;
  /** What has just happened. */
  readonly children?: ComponentChildren;
}

/** The agent while no call window is open: the status (rules T1-T4) and what it means. */
export function StatusPage({ name, status, session, children }: StatusPageProps) {
  return (
    <main class="agent">
      <header class="agent-head">
        <p class="brand">Live Support</p>
        <p class="agent-device" dir="auto">{name}</p>
      </header>
      <div class={`agent-status status-${status?.toLowerCase().replace(" ", "-") ?? "unknown"}`}>
        {children}
        <span class="agent-lamp" aria-hidden="true"></span>
        <div role="status">
          <h1>{status ?? "One moment…"}</h1>
          <p>{meaning(status)}</p>
        </div>
        {session}
      </div>
      <InstallHint />
    </main>
  );
}

function meaning(status: DeviceStatus | null): string {
  switch (status) {
    case null:
      return "Asking the server how things stand.";
    case "Not Installed":
      return "Live Support is not set up on this device yet. Reload this page to set it up.";
    case "Disabled":
      return "Your support team has switched Live Support off for this device.";
    case "Connected":
      return "A support session is open. You can talk to your technician at any time.";
    case "Disconnected":
      return "Nobody is helping you right now. When a technician wants to, this page will ring.";
  }
}
