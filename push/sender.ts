/** Sends pushes to the browsers of a device (RFC 8030, 8291, 8292), and forgets dead subscriptions. */
import { generateRequestDetails, generateVAPIDKeys } from "web-push-neo";
import { log, logFailure } from "../log/log.ts";
import { reject, type Rejection } from "../protocol/errors.ts";
import type { PushMessage, PushSubscription } from "../protocol/push.ts";
import type { VapidKeys } from "../store/policy.ts";
import type { StoredSubscription } from "../store/push_subscriptions.ts";
import { AtMost } from "../store/at_most.ts";
import { type AfterTry, afterTry } from "./delivery.ts";
import { BROWSERS_HOSTS, maySendTo, type PushHost } from "./hosts.ts";
import { payloadFor } from "./payload.ts";
import { handling } from "./urgency.ts";

/** How many pushes are on their way to push services at a time; the others wait their turn. */
const POSTS_AT_ONCE = 20;

/** How long a push service may take to answer, in milliseconds. */
const ANSWER_WITHIN_MS = 10_000;

/** To whom a push goes. */
export interface PushTarget {
  readonly device: string;
  /** How many notifications wait there, for the badge. */
  readonly waiting: number;
  /** Which of its browsers; all of them where it is missing. */
  readonly browsers?: (browser: string) => boolean;
  /** Whether it is still worth to be tried again; always where it is missing. */
  readonly still?: () => Promise<boolean>;
}

/** What a sender is given. */
export interface PushSenderPorts {
  readonly keys: VapidKeys;
  /** `mailto:` or `https:` (RFC 8292, section 2.1). */
  readonly contact: string;
  /** Push services besides those of the known browsers. */
  readonly hosts: readonly PushHost[];
  readonly subscriptions: {
    of(device: string): Promise<readonly StoredSubscription[]>;
    remove(device: string, browser: string, endpoint: string): Promise<void>;
  };
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or rejects when `signal` says so. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** What became of a push to one browser. */
type Delivery = "taken" | "gone" | "failed" | "over";

/** What became of a push to all browsers of a device; who is gone, or is told nothing any more, does not count. */
export interface Outcome {
  readonly taken: number;
  readonly failed: number;
}

/** The sender of one process. */
export class PushSender {
  readonly #ports: PushSenderPorts;
  readonly #hosts: readonly PushHost[];
  readonly #stop = new AbortController();
  readonly #posts = new AtMost(POSTS_AT_ONCE);

  constructor(ports: PushSenderPorts) {
    this.#ports = ports;
    this.#hosts = [...BROWSERS_HOSTS, ...ports.hosts];
  }

  /** What pages subscribe with: a P-256 point, base64url. */
  get publicKey(): string {
    return this.#ports.keys.publicKey;
  }

  /** Gives up what is under way. */
  close(): void {
    this.#stop.abort();
  }

  /** Why nothing can be sent to a subscription; null: it can. */
  async refusal(subscription: PushSubscription): Promise<Rejection | null> {
    if (!maySendTo(subscription.endpoint, this.#hosts)) return reject("bad_push_address");
    try {
      await this.#seal(subscription, { kind: "test" }, "en", 0);
      return null;
    } catch {
      // Its key is no point on the curve.
      return reject("bad_push_address");
    }
  }

  /**
   * Sends to a device's browsers. Resolves with how many push services took it, and how many did not and
   * might later; never rejects.
   */
  async send(target: PushTarget, message: PushMessage): Promise<Outcome> {
    const { device, browsers = () => true } = target;
    try {
      const all = (await this.#ports.subscriptions.of(device))
        .filter(({ browser }) => browsers(browser));
      const ends = await Promise.all(all.map((one) => this.#deliver(target, one, message)));
      const count = (end: Delivery) => ends.filter((one) => one === end).length;
      return { taken: count("taken"), failed: count("failed") };
    } catch (error) {
      if (!this.#stop.signal.aborted) logFailure("push_not_sent", error);
      return { taken: 0, failed: 1 };
    }
  }

  async #deliver(
    { device, waiting, still }: PushTarget,
    subscription: StoredSubscription,
    message: PushMessage,
  ): Promise<Delivery> {
    const { now, wait, subscriptions } = this.#ports;
    const { endpoint, browser, language } = subscription;
    // It was allowed when it was kept; settings change.
    if (!maySendTo(endpoint, this.#hosts)) return "gone";
    const until = now() + handling(message, now()).ttl * 1000;
    for (let number = 1;; number++) {
      const request = await this.#seal(subscription, message, language, waiting);
      const { status, retryAfter } = await this.#posts.run(() => this.#post(endpoint, request));
      const after: AfterTry = afterTry({ status, retryAfter, number, now: now(), until });
      switch (after.kind) {
        case "taken":
          return "taken";
        case "gone":
          await subscriptions.remove(device, browser, endpoint);
          return "gone";
        case "failed":
          log("push_refused", { service: new URL(endpoint).hostname, status });
          return "failed";
        case "again":
          await wait(after.wait, this.#stop.signal);
          if (await still?.() === false) return "over";
      }
    }
  }

  /** Encrypted for that browser and signed by this server. Rejects where the browser's key is none. */
  async #seal(
    { endpoint, keys }: PushSubscription,
    message: PushMessage,
    language: string,
    waiting: number,
  ): Promise<RequestInit> {
    const { ttl, urgency, topic } = handling(message, this.#ports.now());
    const { publicKey, privateKey } = this.#ports.keys;
    const text = JSON.stringify(payloadFor(message, language, waiting));
    const { method, headers, body } = await generateRequestDetails({ endpoint, keys }, text, {
      TTL: ttl,
      urgency,
      topic,
      vapidDetails: { subject: this.#ports.contact, publicKey, privateKey },
    });
    return { method, headers, body };
  }

  /** Follows no redirect: it could lead anywhere. */
  async #post(endpoint: string, request: RequestInit) {
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.#stop.signal]);
      const answer = await this.#ports.fetch(endpoint, { ...request, redirect: "manual", signal });
      await answer.body?.cancel();
      return { status: answer.status, retryAfter: answer.headers.get("retry-after") };
    } catch {
      return { status: null, retryAfter: null };
    }
  }
}

/** Makes the keys by which push services recognise this server; once for a store. */
export async function makeVapidKeys(): Promise<VapidKeys> {
  return await generateVAPIDKeys();
}
