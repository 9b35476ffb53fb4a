/** Pushes in a browser that cannot reach a real push service: the way in between is ours, both ends are real. */
import type { BrowserContext, Page, Worker } from "playwright-core";
import type { PushService } from "../support/push_service.ts";
import { until, within } from "../support/waiting.ts";

/** Lets the pages of `context` be notified, and subscribes them to `service` when they ask. */
export async function subscribeTo(
  context: BrowserContext,
  service: PushService,
  origin: string,
): Promise<void> {
  await context.grantPermissions(["notifications"], { origin });
  await context.addInitScript(fakeSubscriptions, await service.subscribe());
}

/** Runs in the page: the edge of the Push API, where Chromium would talk to its maker's service. */
function fakeSubscriptions(json: { endpoint: string; keys: Record<string, string> }): void {
  const kept = "fake-push-key";
  const subscription = () => {
    const key = localStorage.getItem(kept);
    if (key === null) return null;
    const applicationServerKey = Uint8Array.from(JSON.parse(key)).buffer;
    return {
      toJSON: () => json,
      options: { applicationServerKey },
      unsubscribe: () => Promise.resolve(localStorage.removeItem(kept)),
    };
  };
  Object.assign(PushManager.prototype, {
    subscribe(options: { applicationServerKey: Uint8Array }) {
      localStorage.setItem(kept, JSON.stringify([...options.applicationServerKey]));
      return Promise.resolve(subscription());
    },
    getSubscription: () => Promise.resolve(subscription()),
  });
}

/** Hands what arrived at the push service to the service worker, as the browser would. */
export class PushWay {
  readonly #page: Page;
  readonly #origin: string;
  readonly #registrations = new Map<string, string>();
  #deliver: (registration: string, data: string) => Promise<unknown> = () => Promise.resolve();

  /** `page`: any page of the browser profile. */
  private constructor(page: Page, origin: string) {
    this.#page = page;
    this.#origin = origin;
  }

  static async open(page: Page, origin: string): Promise<PushWay> {
    const way = new PushWay(page, origin);
    const session = await page.context().newCDPSession(page);
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      for (const { scopeURL, registrationId } of registrations) {
        way.#registrations.set(scopeURL, registrationId);
      }
    });
    way.#deliver = (registrationId, data) =>
      session.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data });
    await session.send("ServiceWorker.enable");
    return way;
  }

  /** Delivers one message. */
  async deliver(text: string): Promise<void> {
    const registration = await until(
      "the browser knows the service worker",
      () => this.#registrations.get(`${this.#origin}/`),
      (known) => known !== undefined,
    );
    await within("the push is delivered", this.#deliver(registration, text));
  }

  /** The service worker, running. */
  worker(): Worker {
    const worker = this.#page.context().serviceWorkers()
      .find((one) => one.url() === `${this.#origin}/sw.js`);
    if (worker === undefined) throw new Error("no service worker runs");
    return worker;
  }

  /** Waits until exactly the notifications with these titles are on the screen. */
  async shows(...titles: string[]): Promise<void> {
    const wanted = JSON.stringify(titles);
    const what = `on the screen: ${wanted}`;
    await until(what, () => this.titles(), (shown) => JSON.stringify(shown) === wanted);
  }

  /** The titles on the screen now. */
  titles(): Promise<string[]> {
    return this.worker().evaluate(async () => {
      const worker = globalThis as typeof globalThis & { registration: ServiceWorkerRegistration };
      return (await worker.registration.getNotifications()).map(({ title }) => title);
    });
  }

  /** Taps the notification, or a button on it: the event a system's tap would cause. */
  async tap(title: string, action: string): Promise<void> {
    const tapped = this.worker().evaluate(async ([title, action]) => {
      const worker = globalThis as typeof globalThis & { registration: ServiceWorkerRegistration };
      const shown = await worker.registration.getNotifications();
      const notification = shown.find((one) => one.title === title);
      const done: Promise<unknown>[] = [];
      const event = Object.assign(new Event("notificationclick"), {
        notification,
        action,
        waitUntil: (promise: Promise<unknown>) => void done.push(promise),
      });
      worker.dispatchEvent(event);
      await Promise.all(done);
    }, [title, action] as const);
    await within(`the tap on "${title}" is handled`, tapped);
  }
}
