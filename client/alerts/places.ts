/** Where a page's alerts are shown: by its service worker, or by the page itself. */
import type { Alert, AlertPlace } from "./alerts.ts";
import { inTurn } from "./turn.ts";

const ICON = "/icon-192.png";
/** The tags of what may be over; a test of the equipment has one of its own. */
const OURS = /^(session|notification):/;

/** What the service worker reads of a notification that is tapped; see static/sw.js. */
interface AlertData {
  readonly url: string;
  readonly notification?: string;
  /** What happened; another page of this browser may have shown it already. */
  readonly moment: string;
}

/** Shows them by the service worker: they outlive the page, and work on phones. */
export function workerPlace(worker: ServiceWorkerRegistration): AlertPlace {
  return {
    show: (alert) => inTurn(() => showBy(worker, alert)),
    keepOnly: (tags) => inTurn(() => closeOthers(worker, tags)),
  };
}

async function showBy(
  worker: ServiceWorkerRegistration,
  { tag, moment, title, body, urgent }: Alert,
): Promise<void> {
  const shown = await worker.getNotifications({ tag });
  if (shown.some(({ data }) => data?.moment === moment)) return;
  const [about, id] = tag.split(":");
  const data: AlertData = about === "notification" && id !== undefined
    ? { moment, url: `/device?respond=${id}`, notification: id }
    : { moment, url: "/device" };
  const options = { tag, body, data, icon: ICON, requireInteraction: urgent, renotify: true };
  await worker.showNotification(title, options);
}

async function closeOthers(
  worker: ServiceWorkerRegistration,
  tags: ReadonlySet<string>,
): Promise<void> {
  for (const shown of await worker.getNotifications()) {
    if (OURS.test(shown.tag) && !tags.has(shown.tag)) shown.close();
  }
}

/** Shows them by the page, where there is no service worker: a technician's desktop. */
export function pagePlace(open: (tag: string) => void): AlertPlace {
  const shown = new Map<string, Notification>();
  return {
    show({ tag, title, body, urgent }: Alert) {
      const options = { tag, body, icon: ICON, requireInteraction: urgent, renotify: true };
      const notification = new Notification(title, options);
      notification.onclick = () => {
        focus();
        open(tag);
      };
      shown.set(tag, notification);
      return Promise.resolve();
    },
    keepOnly(tags) {
      for (const [tag, notification] of shown) {
        if (tags.has(tag)) continue;
        notification.close();
        shown.delete(tag);
      }
      return Promise.resolve();
    },
  };
}

/** Shows on the app's icon how many notifications wait, where the system does that (W3C Badging API). */
export function showBadge(count: number): void {
  if (!("setAppBadge" in navigator)) return;
  const shown = count === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(count);
  void shown.catch(() => {});
}
