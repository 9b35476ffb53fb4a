/** What both sides may ask about notifications outside of a session, and about pushes (N1-N3, A1). */
import { isRejection, reject, type Rejection, unreachable } from "../protocol/errors.ts";
import type { AckBody } from "../protocol/messages.ts";
import type { SentNotification } from "../protocol/notification.ts";
import type { NotificationCommand } from "../protocol/notification_commands.ts";
import type { PushMessage, PushSubscription } from "../protocol/push.ts";
import type { ChatService } from "../protocol/service.ts";
import type { Party } from "../protocol/session.ts";
import { cleanText } from "../protocol/text.ts";
import type { Device } from "../store/device.ts";
import { Allowances } from "./allowance.ts";
import type { Notifier } from "./notifier.ts";
import type { Clock, HubStore, PushPort } from "./ports.ts";

/** How often a technician may send. */
const SENDING = { burst: 20, perSecond: 1 / 3 };
/** How often a browser may say where it takes pushes: each time that address is tried out and kept. */
const SUBSCRIBING = { burst: 10, perSecond: 1 / 30 };
/** How often a browser may ask for a test. */
const TESTING = { burst: 3, perSecond: 1 / 10 };

/** What the desk is given. */
export interface NotificationDeskPorts {
  readonly store: Pick<HubStore, "device" | "notifications" | "subscriptions" | "watchSent">;
  readonly push: PushPort;
  readonly notifier: Notifier;
  readonly clock: Clock;
  /** What is available for a device with these switches of its own (M1). */
  available(device: ChatService): ChatService;
}

type Answer = AckBody | Rejection;
const DONE: AckBody = {};

/** The desk of one process. */
export class NotificationDesk {
  readonly #ports: NotificationDeskPorts;
  readonly #sending: Allowances;
  readonly #subscribing: Allowances;
  readonly #testing: Allowances;

  constructor(ports: NotificationDeskPorts) {
    this.#ports = ports;
    this.#sending = new Allowances(SENDING, ports.clock);
    this.#subscribing = new Allowances(SUBSCRIBING, ports.clock);
    this.#testing = new Allowances(TESTING, ports.clock);
  }

  /** What became of all a technician sent. */
  sentBy(technician: string): Promise<SentNotification[]> {
    return this.#ports.store.notifications.sentBy(technician);
  }

  /** Rings when something became of one. */
  watchSent(technician: string, ring: () => void): () => void {
    return this.#ports.store.watchSent(technician, ring);
  }

  /** A technician's command. */
  async ofTechnician(technician: Party, command: NotificationCommand): Promise<Answer> {
    switch (command.type) {
      case "notification.send":
        return await this.#send(technician, command);
      case "notification.dismiss":
        return await this.#dismiss(technician, command.notification);
      case "notification.received":
      case "notification.read":
      case "notification.answer":
      case "push.key":
      case "push.subscribe":
      case "push.unsubscribe":
      case "push.test":
        return reject("forbidden");
      default:
        return unreachable(command);
    }
  }

  /** A command of a device's page in `browser` (the hash of its token; null: it takes no pushes). */
  async ofDevice(
    device: Device,
    browser: string | null,
    command: NotificationCommand,
  ): Promise<Answer> {
    switch (command.type) {
      case "notification.send":
      case "notification.dismiss":
        return reject("forbidden");
      case "notification.received":
        return await this.#act(device.id, browser, command.notification, { type: "received" });
      case "notification.read":
        return await this.#act(device.id, browser, command.notification, { type: "read" });
      case "notification.answer":
        return await this.#reply(device, browser, command);
      case "push.key":
        return { key: this.#ports.push.publicKey };
      case "push.subscribe":
        return await this.subscribe(device.id, browser, command.subscription, command.language);
      case "push.unsubscribe":
        if (browser !== null) await this.#ports.store.subscriptions.remove(device.id, browser);
        return DONE;
      case "push.test":
        return await this.#test(device, browser);
      default:
        return unreachable(command);
    }
  }

  /** What a device's service worker does with a notification while no page is open. */
  async act(
    device: string,
    browser: string,
    notification: string,
    type: "received" | "read",
  ): Promise<Answer> {
    return await this.#act(device, browser, notification, { type });
  }

  /** What a push with this tag would be about now; null: what it was about is over. */
  async waits(device: string, tag: string): Promise<PushMessage["kind"] | null> {
    return (await this.#ports.notifier.waits(device, tag))?.kind ?? null;
  }

  /** Keeps where a browser takes pushes for its device. */
  async subscribe(
    device: string,
    browser: string | null,
    subscription: PushSubscription,
    language: string,
  ): Promise<Answer> {
    if (browser === null) return reject("forbidden");
    if (!this.#subscribing.take(browser)) return reject("rate_limited");
    const refusal = await this.#ports.push.refusal(subscription);
    if (refusal !== null) return refusal;
    const { subscriptions } = this.#ports.store;
    const kept = await subscriptions.keep(device, { ...subscription, browser, language });
    return kept ? DONE : reject("unknown_device");
  }

  async #send(
    technician: Party,
    command: Extract<NotificationCommand, { type: "notification.send" }>,
  ): Promise<Answer> {
    const { store, notifier, clock } = this.#ports;
    const text = cleanText(command.text);
    if (!text.ok) return reject(text.code);
    const { notification: id } = command;
    // Asked again, because the answer was lost: whatever holds now, it was sent then.
    if (await store.notifications.knows(technician.id, id)) return DONE;
    const device = await store.device(command.device);
    if (device === null) return reject("unknown_device");
    if (device.installedAt === null) return reject("device_not_installed");
    const refusal = this.#textRefusal(device);
    if (refusal !== null) return refusal;
    if (!this.#sending.take(technician.id)) return reject("rate_limited");
    const sent = { id, technician, device: device.id, text: text.value, at: clock.now() };
    const answer = await store.notifications.send(sent);
    if (answer !== "sent") return answer;
    notifier.notified(device.id, id);
    return DONE;
  }

  async #dismiss(technician: Party, id: string): Promise<Answer> {
    const { store, notifier } = this.#ports;
    const device = await store.notifications.dismiss(technician.id, id);
    if (device !== null) notifier.done(device, id, null);
    return DONE;
  }

  async #reply(
    device: Device,
    browser: string | null,
    { notification, text }: { readonly notification: string; readonly text: string },
  ): Promise<Answer> {
    const clean = cleanText(text);
    if (!clean.ok) return reject(clean.code);
    const refusal = this.#textRefusal(device);
    if (refusal !== null) return refusal;
    const answer = { type: "answer", text: clean.value } as const;
    return await this.#act(device.id, browser, notification, answer);
  }

  async #act(
    device: string,
    browser: string | null,
    id: string,
    act: Parameters<HubStore["notifications"]["act"]>[2],
  ): Promise<Answer> {
    const { store, notifier } = this.#ports;
    const result = await store.notifications.act(device, id, act);
    if (isRejection(result)) return result;
    if (result.changed && act.type !== "received") notifier.done(device, id, browser);
    return DONE;
  }

  /** A push that says that pushes arrive, to the browser that asks. */
  async #test(device: Device, browser: string | null): Promise<Answer> {
    if (browser === null) return reject("push_off");
    if (!this.#testing.take(browser)) return reject("rate_limited");
    const target = {
      device: device.id,
      waiting: device.waiting ?? 0,
      browsers: (other: string) => other === browser,
    };
    const { taken } = await this.#ports.push.send(target, { kind: "test" });
    return taken > 0 ? DONE : reject("push_off");
  }

  #textRefusal({ chatService }: Device): Rejection | null {
    const { service, text } = this.#ports.available(chatService);
    if (!service) return reject("service_disabled");
    return text ? null : reject("text_off");
  }
}
