/** Subscribes this browser to pushes, keeps the server's knowledge of it right, and tests it (T5). */
import { signal } from "@preact/signals";
import type { Command } from "../../protocol/messages.ts";
import type { CommandResult } from "../connection.ts";
import { keepPreference, readPreference } from "../preference.ts";
import { type Reach, reachOf } from "./reach.ts";

/** What it needs of the page. */
export interface PushReachPorts {
  readonly worker: ServiceWorkerRegistration | null;
  /** In which language to be notified (BCP 47). */
  readonly language: string;
  command(command: Command): Promise<CommandResult>;
}

/** What came of asking for something. */
export type ReachResult = { readonly ok: true } | {
  readonly ok: false;
  readonly why: ReachFailure;
};

/** Why it did not work; `refused` carries what the server said. */
export type ReachFailure =
  /** The person or the browser said no. */
  | { readonly kind: "denied" }
  /** The browser's push service could not be reached, or the browser has none. */
  | { readonly kind: "no_service" }
  | { readonly kind: "refused"; readonly result: CommandResult };

const OK: ReachResult = { ok: true };

/** This browser's pushes. */
export class PushReach {
  readonly state = signal<Reach>("unable");
  private subscribed = false;

  constructor(private readonly ports: PushReachPorts) {
    this.look();
  }

  /**
   * Call at every launch: a browser may have lost or changed its subscription without a word (iOS has
   * no `pushsubscriptionchange`). Subscribes again where the person once said yes.
   */
  async renew(): Promise<void> {
    if (this.able() && permission() === "granted" && readPreference("push") !== "declined") {
      await this.subscribe();
    }
    this.look();
  }

  /** Asks for permission and subscribes. Call it in a tap: browsers ask only then. */
  async turnOn(): Promise<ReachResult> {
    if (!this.able()) return fail({ kind: "no_service" });
    const answer = await Notification.requestPermission();
    keepPreference("push", "wanted");
    const result = answer === "granted" ? await this.subscribe() : fail({ kind: "denied" });
    this.look();
    return result;
  }

  /** Takes it back: here, at the push service, and at the server. */
  async turnOff(): Promise<ReachResult> {
    keepPreference("push", "declined");
    const result = await this.ports.command({ type: "push.unsubscribe" });
    await (await this.ports.worker?.pushManager.getSubscription())?.unsubscribe();
    this.subscribed = false;
    this.look();
    return result.kind === "ack" ? OK : fail({ kind: "refused", result });
  }

  /** Has the server send this browser a notification; it arrives by the whole way there is. */
  async test(): Promise<ReachResult> {
    const result = await this.ports.command({ type: "push.test" });
    return result.kind === "ack" ? OK : fail({ kind: "refused", result });
  }

  private async subscribe(): Promise<ReachResult> {
    const { worker, language, command } = this.ports;
    const asked = await command({ type: "push.key" });
    if (worker === null || asked.kind !== "ack" || !("key" in asked.body)) {
      return fail({ kind: "refused", result: asked });
    }
    const subscription = await subscribeWith(worker.pushManager, asked.body.key);
    if (subscription === null) return fail({ kind: "no_service" });
    const result = await command({ type: "push.subscribe", subscription, language });
    this.subscribed = result.kind === "ack";
    return result.kind === "ack" ? OK : fail({ kind: "refused", result });
  }

  private able(): boolean {
    return this.ports.worker !== null && "PushManager" in globalThis;
  }

  private look(): void {
    this.state.value = reachOf({
      able: this.able(),
      onlyFromHomeScreen: !this.able() && isAppleTab(),
      permission: permission(),
      subscribed: this.subscribed,
    });
  }
}

function fail(why: ReachFailure): ReachResult {
  return { ok: false, why };
}

function permission(): NotificationPermission | null {
  return "Notification" in globalThis ? Notification.permission : null;
}

/** Apple's phones and tablets give pages in a tab no Push API; an iPad calls itself a Mac. */
function isAppleTab(): boolean {
  const touchMac = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  return /iPhone|iPad|iPod/.test(navigator.userAgent) || touchMac;
}

type Subscription = Extract<Command, { type: "push.subscribe" }>["subscription"];

/** Null: there is no push service to be had. */
async function subscribeWith(manager: PushManager, key: string): Promise<Subscription | null> {
  const applicationServerKey = bytesOf(key);
  try {
    const before = await manager.getSubscription();
    // Made for another server key, nothing this server sends would arrive.
    if (before !== null && !isFor(before, applicationServerKey)) await before.unsubscribe();
    const { endpoint, keys } = (await manager.subscribe({
      userVisibleOnly: true,
      applicationServerKey,
    })).toJSON();
    const [p256dh, auth] = [keys?.p256dh, keys?.auth];
    if (endpoint === undefined || p256dh === undefined || auth === undefined) return null;
    return { endpoint, keys: { p256dh, auth } };
  } catch {
    return null;
  }
}

function isFor(subscription: PushSubscription, key: Uint8Array): boolean {
  const known = subscription.options.applicationServerKey;
  if (known === null) return false;
  return new Uint8Array(known).every((byte, at) => byte === key[at]);
}

/** Not every browser reads base64url by itself. */
function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
