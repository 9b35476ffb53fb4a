/** Tries notifications: whether this page may show them, and one to see. */
import { signal } from "@preact/signals";
import type { EquipmentReport } from "../../protocol/equipment.ts";
import { inTurn } from "../alerts/turn.ts";

/** What the person allows, in the words of the report. */
export type Permission = Exclude<EquipmentReport["notifications"], "untested">;

/** What became of the test notification. */
export type Shown = "no" | "shown" | "failed";

/** The tag of the test notification: a second one takes the place of the first. */
const TAG = "live-support-test";

/** Asks and shows whenever the person says so. */
export class NotificationTest {
  readonly permission = signal<Permission>(current());
  readonly shown = signal<Shown>("no");

  /** Asks the person, where nobody did yet. Call it in the tap. Never rejects. */
  async ask(): Promise<void> {
    if (this.permission.peek() === "unasked") {
      await Notification.requestPermission().catch(() => "denied");
    }
    this.permission.value = current();
  }

  /** Shows one, as the service worker shows those of a closed page. Never rejects. */
  async show(title: string, body: string): Promise<void> {
    try {
      const worker = await navigator.serviceWorker.ready;
      const there = await inTurn(async () => {
        await worker.showNotification(title, { body, tag: TAG, icon: "/icon-192.png" });
        return await worker.getNotifications({ tag: TAG });
      });
      this.shown.value = there.length > 0 ? "shown" : "failed";
    } catch {
      this.shown.value = "failed";
    }
  }

  /** Takes the test notification off the screen. Never rejects. */
  async clear(): Promise<void> {
    if (this.shown.peek() !== "shown") return;
    try {
      const worker = await navigator.serviceWorker.ready;
      const there = await inTurn(() => worker.getNotifications({ tag: TAG }));
      for (const one of there) one.close();
    } catch {
      // The person takes it off, then.
    }
  }
}

function current(): Permission {
  if (typeof Notification === "undefined" || !("serviceWorker" in navigator)) return "unsupported";
  switch (Notification.permission) {
    case "granted":
      return "on";
    case "denied":
      return "off";
    case "default":
      return "unasked";
  }
}
