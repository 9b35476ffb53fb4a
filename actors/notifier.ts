/**
 * Brings to a device what waits for its user while no page of it is open (N1, N2, S3, S4), and takes
 * it off its screens again. Which process does it: the one that committed what happened, or the one
 * the device's last page has just left. Twice is no harm: one tag is one system notification.
 */
import { log } from "../log/log.ts";
import { type PushMessage, pushTag, sessionOf } from "../protocol/push.ts";
import type { Session } from "../protocol/session.ts";
import { Errands } from "./errands.ts";
import type { HubStore, PushPort } from "./ports.ts";
import { pushFor, waitsIn } from "./push_plan.ts";

/** How many things are to be said at once. Beyond, a device hears of them when its page opens. */
const MAX_LINES = 5_000;

/** What a notifier is given. */
export interface NotifierPorts {
  readonly push: PushPort;
  readonly store: Pick<
    HubStore,
    "device" | "notifications" | "subscriptions" | "sessions" | "presence"
  >;
  /** Whether a page of this device is connected to this process. */
  readonly here: (device: string) => boolean;
}

/** The newest thing to say under one tag, while an older one is still on its way. */
interface Line {
  next: (() => Promise<void>) | null;
}

/** The notifier of one process. */
export class Notifier {
  readonly #ports: NotifierPorts;
  /** By device and tag. */
  readonly #lines = new Map<string, Line>();
  readonly #errands = new Errands();

  constructor(ports: NotifierPorts) {
    this.#ports = ports;
  }

  /** A session was moved by this process: from nothing at its start, to nothing at its end. */
  moved(before: Session | null, after: Session | null): void {
    const device = (after ?? before)?.device.id;
    const message = pushFor(before, after);
    if (device !== undefined && message !== null) this.#say(device, message);
  }

  /** A notification was sent. */
  notified(device: string, notification: string): void {
    this.#say(device, { kind: "notification", notification });
  }

  /** A notification waits no more; `browser` saw to it itself. */
  done(device: string, notification: string, browser: string | null): void {
    this.#say(device, { kind: "notification_over", notification }, browser);
  }

  /** No page of this device is connected here any more: what no page holds may be pushed now. */
  left(device: string): void {
    this.#run(() => this.#bring(device));
  }

  /** Brings what processes that died did not, and takes off what they left on screens (S8). */
  recover(): void {
    const { notifications, subscriptions, sessions } = this.#ports.store;
    this.#run(async () => {
      for (const device of await notifications.devicesDue()) await this.#bring(device);
    });
    this.#run(async () => {
      for (const { device, tag } of await subscriptions.allShown()) {
        const session = sessionOf(tag);
        if (session === null || await sessions.load(session) !== null) continue;
        this.#say(device, { kind: "session_over", session });
      }
    });
  }

  /** Resolves when nothing is being pushed. */
  idle(): Promise<void> {
    return this.#errands.idle();
  }

  /** Gives up what is under way; resolves when nothing is any more. */
  async close(): Promise<void> {
    const closed = this.#errands.close();
    this.#ports.push.close();
    await closed;
  }

  async #bring(device: string): Promise<void> {
    const { notifications, sessions } = this.#ports.store;
    for (const notification of await notifications.pushesDueFor(device)) {
      this.notified(device, notification);
    }
    const held = await sessions.ofDevice(device);
    const head = held === null ? null : await sessions.load(held.session);
    const waits = head === null ? null : waitsIn(head.session);
    if (waits !== null) this.#say(device, waits);
  }

  /** One push under a tag at a time, and only the newest after it: none overtakes another. */
  #say(device: string, message: PushMessage, browser: string | null = null): void {
    const name = `${device} ${pushTag(message)}`;
    const say = () => this.#reach(device, message, browser);
    const line = this.#lines.get(name);
    if (line !== undefined) {
      line.next = say;
      return;
    }
    if (this.#lines.size >= MAX_LINES) return log("push_shed");
    const own: Line = { next: say };
    this.#lines.set(name, own);
    this.#run(async () => {
      try {
        while (own.next !== null && !this.#errands.closed) {
          const { next } = own;
          own.next = null;
          await next();
        }
      } finally {
        this.#lines.delete(name);
      }
    });
  }

  async #reach(device: string, message: PushMessage, browser: string | null): Promise<void> {
    const { push, store, here } = this.#ports;
    const { subscriptions, notifications } = store;
    const tag = pushTag(message);
    const over = message.kind === "notification_over" || message.kind === "session_over";
    if (over && !await subscriptions.takeShown(device, tag)) return;
    const record = await store.device(device);
    if (record === null || (record.subscriptions ?? 0) === 0) return;
    const target = { device, waiting: record.waiting ?? 0 };
    if (over) {
      await push.send({ ...target, browsers: (other) => other !== browser }, message);
      return;
    }
    if (here(device) || await store.presence.connected(device)) return;
    // Before it is sent: what may be on a screen has to be taken off again.
    await subscriptions.shown(device, tag);
    // The session may have ended since it was read: nobody else would take this off any more (S8).
    const session = sessionOf(tag);
    if (session !== null && await store.sessions.load(session) === null) {
      await subscriptions.takeShown(device, tag);
      return;
    }
    const taken = await push.send(target, message);
    if (taken > 0 && message.kind === "notification") {
      await notifications.pushed(device, message.notification);
    }
  }

  #run(task: () => Promise<void>): void {
    this.#errands.run("device_not_notified", task);
  }
}
