/**
 * Brings to a device what waits for its user while no page of it is open (N1, N2, S3, S4), and takes
 * it off its screens again. Which process does it: the one that committed what happened, or the one
 * the device's last page has just left. Twice is no harm: one tag is one system notification.
 */
import { log } from "../log/log.ts";
import { notificationOf, type PushMessage, pushTag, sessionOf } from "../protocol/push.ts";
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

/** To whom a push goes. */
type Target = Parameters<PushPort["send"]>[0];

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

  /** Brings notifications processes that died did not, and takes off what they left on screens (S8). */
  recover(): void {
    const { notifications, subscriptions } = this.#ports.store;
    this.#run(async () => {
      for (const device of await notifications.devicesDue()) await this.#bring(device);
    });
    this.#run(async () => {
      for (const { device, tag } of await subscriptions.allShown()) {
        const over = await this.waits(device, tag) === null ? overOf(tag) : null;
        if (over !== null) this.#say(device, over);
      }
    });
  }

  /** Brings what waits in sessions, and no process that died has brought (N2, S3). */
  recoverSessions(): void {
    const { sessions, subscriptions } = this.#ports.store;
    this.#run(async () => {
      for (const device of await sessions.heldDevices()) {
        const waits = await this.#waits(device);
        if (waits === null) continue;
        const shown = await subscriptions.whatIsShown(device, pushTag(waits));
        if (shown?.took !== waits.kind) this.#say(device, waits);
      }
    });
  }

  /** What is to be said to this device under a tag now; null: nothing (any more). */
  async waits(device: string, tag: string): Promise<PushMessage | null> {
    const { notifications, sessions } = this.#ports.store;
    const session = sessionOf(tag);
    if (session !== null) {
      const head = await sessions.load(session);
      return head?.session.device.id === device ? waitsIn(head.session) : null;
    }
    const notification = notificationOf(tag);
    const known = (await notifications.waitingOn(device)).some(({ id }) => id === notification);
    return known && notification !== null ? { kind: "notification", notification } : null;
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
    for (const notification of await this.#ports.store.notifications.pushesDueFor(device)) {
      this.notified(device, notification);
    }
    const waits = await this.#waits(device);
    if (waits !== null) this.#say(device, waits);
  }

  /** What waits for the device user in a session. */
  async #waits(device: string): Promise<PushMessage | null> {
    const { sessions } = this.#ports.store;
    const held = await sessions.ofDevice(device);
    const head = held === null ? null : await sessions.load(held.session);
    return head === null ? null : waitsIn(head.session);
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
    const record = await this.#ports.store.device(device);
    if (record === null) return;
    const target = { device, waiting: record.waiting ?? 0 };
    if (message.kind === "notification_over" || message.kind === "session_over") {
      await this.#takeOff({ ...target, browsers: (other) => other !== browser }, message);
    } else if ((record.subscriptions ?? 0) > 0) {
      await this.#show(target, message);
    }
  }

  /** Forgotten once it is done: what fails now is done when the next process recovers (S8). */
  async #takeOff(target: Target, message: PushMessage): Promise<void> {
    const { push, store } = this.#ports;
    const shown = await store.subscriptions.whatIsShown(target.device, pushTag(message));
    if (shown === null) return;
    const { failed } = await push.send(target, message);
    if (failed === 0) await shown.forget();
  }

  async #show(target: Target, message: PushMessage): Promise<void> {
    const { push, store, here } = this.#ports;
    const { subscriptions, notifications, presence } = store;
    const [{ device }, tag] = [target, pushTag(message)];
    if (here(device) || await presence.connected(device)) return;
    const still = async () => (await this.waits(device, tag))?.kind === message.kind;
    if (!await still()) return;
    // Before it is sent: what may be on a screen has to be taken off again.
    await subscriptions.shown(device, tag, null);
    const outcome = await push.send({ ...target, still: () => still().catch(() => true) }, message);
    if (outcome.taken > 0) {
      if (message.kind === "notification") await notifications.pushed(device, message.notification);
      else await this.#remember(device, tag, message.kind);
    }
    if (!await still()) await this.#correct(device, tag);
  }

  /**
   * What was pushed was over before a push service took it: another process may have said so to it
   * even before, and the last word counts (S8).
   */
  async #correct(device: string, tag: string): Promise<void> {
    // Here is more to say under this tag anyway.
    if (this.#lines.get(`${device} ${tag}`)?.next) return;
    const { store } = this.#ports;
    const truth = await this.waits(device, tag) ?? overOf(tag);
    // Of a device that was removed nothing is noted any more.
    if (truth === null || await store.device(device) === null) return;
    await store.subscriptions.shown(device, tag, null);
    this.#say(device, truth);
  }

  /** So that the next process does not bring it again; unless it was taken off meanwhile. */
  async #remember(device: string, tag: string, took: PushMessage["kind"]): Promise<void> {
    const { subscriptions } = this.#ports.store;
    const shown = await subscriptions.whatIsShown(device, tag);
    if (shown !== null) await subscriptions.shown(device, tag, took);
  }

  #run(task: () => Promise<void>): void {
    this.#errands.run("device_not_notified", task);
  }
}

/** What takes off what is shown under a tag; null: nothing has to. */
function overOf(tag: string): PushMessage | null {
  const session = sessionOf(tag);
  if (session !== null) return { kind: "session_over", session };
  const notification = notificationOf(tag);
  return notification === null ? null : { kind: "notification_over", notification };
}
