import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ConsoleModel } from "../../client/console_model.ts";
import { useSay } from "../words.tsx";

/** Offers system notifications while the browser has not been asked; shows them once it allows them. */
export function AlertsButton({ model }: { readonly model: ConsoleModel }) {
  const say = useSay();
  const permission = useSignal<NotificationPermission | null>(null);
  useEffect(() => {
    // Phones' browsers have the name but show a page's notifications only by a service worker.
    const able = "Notification" in globalThis && matchMedia("(any-hover: hover)").matches;
    permission.value = able ? Notification.permission : null;
  }, []);
  const allowed = permission.value === "granted";
  useEffect(() => {
    if (!allowed) return;
    let stop = () => {};
    let gone = false;
    void import("../../client/console_alerts.ts").then(({ startConsoleAlerts }) => {
      if (!gone) stop = startConsoleAlerts(model, say);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [allowed]);
  if (permission.value !== "default") return null;
  return (
    <button
      type="button"
      class="button"
      title={say("notifications.alertHint")}
      onClick={async () => permission.value = await Notification.requestPermission()}
    >
      {say("notifications.alertMe")}
    </button>
  );
}
