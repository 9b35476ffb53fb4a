/** Pushes in a browser that cannot reach a real push service: the way in between is ours, both ends are real. */
import type { BrowserContext, CDPSession, Page, Worker } from "playwright-core";
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

/** What Chromium says of a service worker: its running status and its place in its life. */
interface Version {
  readonly registrationId: string;
  readonly runningStatus: string;
  readonly status: string;
}

/** What is on the screen; a sentence where the service worker could not be asked. */
type Shown = readonly string[] | string;

/** How long the service worker may take to say what is on the screen, in milliseconds. */
const ANSWER = 10_000;

/** Hands what arrived at the push service to the service worker, as the browser would. */
export class PushWay {
  readonly #page: Page;
  readonly #origin: string;
  readonly #session: CDPSession;
  readonly #registrations = new Map<string, string>();
  readonly #versions = new Map<string, Version>();

  /** `page`: any page of the browser profile. */
  private constructor(page: Page, origin: string, session: CDPSession) {
    this.#page = page;
    this.#origin = origin;
    this.#session = session;
  }

  static async open(page: Page, origin: string): Promise<PushWay> {
    const session = await page.context().newCDPSession(page);
    const way = new PushWay(page, origin, session);
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      for (const { scopeURL, registrationId, isDeleted } of registrations) {
        if (!isDeleted) way.#registrations.set(scopeURL, registrationId);
        else if (way.#registrations.get(scopeURL) === registrationId) {
          way.#registrations.delete(scopeURL);
        }
      }
    });
    session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      for (const { versionId, registrationId, runningStatus, status } of versions) {
        way.#versions.set(versionId, { registrationId, runningStatus, status });
      }
    });
    await session.send("ServiceWorker.enable");
    return way;
  }

  /** Delivers one message; the browser starts the service worker where it does not run. */
  async deliver(data: string): Promise<void> {
    const origin = this.#origin;
    const registrationId = await until(
      "the browser knows the service worker",
      () => this.#registrations.get(`${origin}/`),
      (known) => known !== undefined,
    );
    // It does not say what became of the message: only the screen does.
    const delivery = { origin, registrationId, data };
    const sent = this.#session.send("ServiceWorker.deliverPushMessage", delivery);
    await this.#telling(within("the browser takes the push", sent));
  }

  /** Stops the service worker, as browsers do with one that has nothing to do. */
  async stopWorker(): Promise<void> {
    await this.#session.send("ServiceWorker.stopAllWorkers");
    await this.#telling(until(
      "the service worker is stopped",
      () => [...this.#versions.values()].map(({ runningStatus }) => runningStatus),
      (statuses) => statuses.length > 0 && statuses.every((one) => one === "stopped"),
    ));
  }

  /** Waits until exactly the notifications with these titles are on the screen. */
  async shows(...titles: string[]): Promise<void> {
    const wanted = JSON.stringify(titles);
    const what = `on the screen: ${wanted}`;
    const same = (shown: Shown) => JSON.stringify(shown) === wanted;
    await this.#telling(until(what, () => this.#shown(), same));
  }

  /** Taps the notification, or a button on it: the event a system's tap would cause. */
  async tap(title: string, action: string): Promise<void> {
    const tapped = this.#worker().evaluate(async ([title, action]) => {
      const worker = globalThis as typeof globalThis & { registration: ServiceWorkerRegistration };
      const inTurn: InTurn = Reflect.get(globalThis, "inTurn");
      const shown = await inTurn(() => worker.registration.getNotifications());
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
    await this.#telling(within(`the tap on "${title}" is handled`, tapped));
  }

  /**
   * The titles on the screen now. Asked as the service worker itself asks, in turn with what it shows:
   * Chromium forgets a notification that is asked for while it is being shown.
   */
  async #shown(): Promise<Shown> {
    try {
      const titles = this.#worker().evaluate(async () => {
        const { registration } = globalThis as typeof globalThis & {
          registration: ServiceWorkerRegistration;
        };
        const inTurn: InTurn = Reflect.get(globalThis, "inTurn");
        return (await inTurn(() => registration.getNotifications())).map(({ title }) => title);
      });
      return await within("the service worker says what is shown", titles, ANSWER);
    } catch (error) {
      // It is being stopped or started.
      return String(error);
    }
  }

  /** The service worker, running. */
  #worker(): Worker {
    const worker = this.#page.context().serviceWorkers()
      .findLast((one) => one.url() === `${this.#origin}/sw.js`);
    if (worker === undefined) throw new Error("no service worker runs");
    return worker;
  }

  /** A failure says what the browser knew. */
  async #telling<T>(promise: Promise<T>): Promise<T> {
    try {
      return await promise;
    } catch (error) {
      const registrations = [...this.#registrations];
      const versions = [...this.#versions.values()];
      const running = this.#page.context().serviceWorkers().map((one) => one.url());
      const known = Deno.inspect({ registrations, versions, running }, { depth: 4 });
      throw new Error(`${error instanceof Error ? error.message : error}\n${known}`);
    }
  }
}

/** What static/sw.js has of this name. */
type InTurn = <T>(act: () => Promise<T>) => Promise<T>;
