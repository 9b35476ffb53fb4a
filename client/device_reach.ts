/**
 * How a device's page is reached while nobody looks at it: pushes, system notifications, the badge,
 * and what a tap on one of them leads to. Loaded after the page, for none of it is urgent.
 */
import { effect, signal } from "@preact/signals";
import type { Say } from "../locales/speaker.ts";
import { notificationTag, sessionTag } from "../protocol/push.ts";
import { type Alert, Alerts } from "./alerts/alerts.ts";
import { showBadge, workerPlace } from "./alerts/places.ts";
import type { DeviceModel } from "./device_model.ts";
import { DeviceNotices } from "./device_notices.ts";
import { PushReach } from "./push/push_reach.ts";

/** What a tap on a system notification asks an open page for; see static/sw.js. */
interface RespondMessage {
  readonly type: "respond";
  readonly notification?: string;
}

/** Makes a device's page reachable; stops with `dispose`. */
export class DeviceReach {
  readonly notices: DeviceNotices;
  /** Pushes to this browser; null until its service worker runs. */
  readonly push = signal<PushReach | null>(null);
  private readonly stops: (() => void)[] = [];
  private disposed = false;

  constructor(
    private readonly model: DeviceModel,
    private readonly words: { readonly say: Say; readonly language: string },
  ) {
    this.notices = new DeviceNotices(model.live);
    this.stops.push(effect(() => showBadge(this.notices.waiting.value.length)));
    this.followTaps();
    void ownWorker().then((worker) => {
      if (!this.disposed) this.equip(worker);
    });
  }

  /** The page is going away. */
  dispose(): void {
    this.disposed = true;
    for (const stop of this.stops) stop();
    this.notices.dispose();
  }

  /** `worker`: null where the browser has no service workers, or not here. */
  private equip(worker: ServiceWorkerRegistration | null): void {
    const { live, attention } = this.model;
    const { language } = this.words;
    const push = new PushReach({ worker, language, command: (command) => live.act(command) });
    this.push.value = push;
    void push.renew();
    if (worker === null) return;
    const alerts = new Alerts(workerPlace(worker));
    this.stops.push(effect(() => alerts.update(this.wanted(), attention.value.visible)));
  }

  /** A tap opened this page for a notification, or brought it to the front. */
  private followTaps(): void {
    const address = new URL(location.href);
    const asked = address.searchParams.get("respond");
    if (asked !== null) {
      this.notices.respond(asked);
      address.searchParams.delete("respond");
      history.replaceState(history.state, "", address);
    }
    const tapped = ({ data }: MessageEvent<RespondMessage | null>) => {
      if (data?.type === "respond" && data.notification !== undefined) {
        this.notices.respond(data.notification);
      }
    };
    const { serviceWorker } = navigator;
    serviceWorker?.addEventListener("message", tapped);
    this.stops.push(() => serviceWorker?.removeEventListener("message", tapped));
  }

  /** What somebody should know of who does not look: the words of pushes, for the same reasons. */
  private wanted(): Alert[] {
    const { say } = this.words;
    const waiting = this.notices.waiting.value.map(({ id }): Alert => ({
      tag: notificationTag(id),
      moment: "notification",
      title: say("notifications.pushTitle"),
      body: say("notifications.tapToRead"),
      urgent: false,
    }));
    const session = this.sessionAlert();
    return session === null ? waiting : [...waiting, session];
  }

  private sessionAlert(): Alert | null {
    const { say } = this.words;
    const session = this.model.session.value;
    if (session === null) return null;
    const tag = sessionTag(session.id);
    const { kind } = session.record.value.view.state;
    if (kind === "ringing") {
      const [title, body] = [say("notifications.ringTitle"), say("notifications.tapToAnswer")];
      return { tag, moment: kind, title, body, urgent: true };
    }
    if (kind === "waiting") {
      const [title, body] = [say("notifications.missedTitle"), say("notifications.missedText")];
      return { tag, moment: kind, title, body, urgent: false };
    }
    if (this.model.place().kind === "incoming") {
      const [title, body] = [say("notifications.callTitle"), say("notifications.tapToAnswer")];
      return { tag, moment: "call", title, body, urgent: true };
    }
    const unread = session.unread.value;
    if (unread === 0) return null;
    const [title, body] = [say("notifications.textTitle"), say("notifications.tapToRead")];
    return { tag, moment: `text ${session.record.value.view.lastSeq}`, title, body, urgent: false };
  }
}

/** The page's service worker, once it runs; null: there is none to be had. */
export async function ownWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!("serviceWorker" in navigator)) return null;
  try {
    await navigator.serviceWorker.register("/sw.js");
    return await navigator.serviceWorker.ready;
  } catch {
    // Private windows may forbid it: the page works, and says less.
    return null;
  }
}
