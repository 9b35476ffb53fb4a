import { useSignal } from "@preact/signals";
import type { DeviceModel } from "../../client/device_model.ts";
import { summary } from "../conversation/summary.ts";
import { DismissButton } from "../DismissButton.tsx";
import { useSay } from "../words.tsx";

/** The newest unread text of the session while its call window is closed (N2). */
export function TextPopup({ model }: { readonly model: DeviceModel }) {
  const say = useSay();
  const dismissed = useSignal(0);
  const session = model.session.value;
  if (session === null || model.windowOpen() || session.unread.value === 0) return null;
  const { view, log } = session.record.value;
  const newest = log.findLast(({ from }) => from === "technician");
  if (view.state.kind !== "open" || newest === undefined) return null;
  if (newest.seq <= dismissed.value) return null;
  const label = say("notifications.newText", { name: view.technician.name });
  return (
    <section class="notice-card" role="group" aria-label={label}>
      <header class="popup-head">
        <p class="popup-title">{label}</p>
        <DismissButton onDismiss={() => dismissed.value = newest.seq} />
      </header>
      <p class="popup-text" dir="auto" aria-live="polite">{summary(say, newest)}</p>
      <div class="notice-actions">
        <button type="button" class="button button-primary" onClick={() => model.show(true)}>
          {say("notifications.open")}
        </button>
      </div>
    </section>
  );
}
