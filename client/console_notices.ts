/** Notifications a technician sends, and what becomes of them (N1). */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { SentNotification } from "../protocol/notification.ts";
import type { CommandResult } from "./connection.ts";
import type { Live } from "./live.ts";
import { newUlid } from "./ulid.ts";

/** A notification that was answered. */
export type Answered = SentNotification & {
  readonly state: Extract<SentNotification["state"], { kind: "answered" }>;
};

/** Whether a notification was answered. */
export function isAnswered(sent: SentNotification): sent is Answered {
  return sent.state.kind === "answered";
}

/** The notifications of a console. */
export class ConsoleNotices {
  /** What became of all, the newest first. */
  readonly sent: ReadonlySignal<readonly SentNotification[]>;
  private readonly stop: () => void;

  /** `answered` is called for every answer that arrives while this page is open. */
  constructor(
    private readonly live: Pick<Live, "sent" | "devices" | "now" | "act">,
    answered: () => void,
  ) {
    this.sent = live.sent;
    let known: ReadonlySet<string> | null = null;
    this.stop = effect(() => {
      const ids = this.sent.value.filter(isAnswered).map(({ id }) => id);
      if (known !== null && ids.some((id) => !known?.has(id))) answered();
      // Before the first frame nothing is known: what was answered yesterday makes no sound.
      known = live.devices.value === null ? null : new Set(ids);
    });
  }

  /** A new notification's id: sent again after a lost connection, it stays one notification. */
  newId(): string {
    return newUlid(this.live.now());
  }

  /** Sends one. */
  send(notification: string, device: string, text: string): Promise<CommandResult> {
    return this.live.act({ type: "notification.send", notification, device, text });
  }

  /** Takes one back, or puts away what became of it. */
  dismiss(notification: string): Promise<CommandResult> {
    return this.live.act({ type: "notification.dismiss", notification });
  }

  /** The page is going away. */
  dispose(): void {
    this.stop();
  }
}
