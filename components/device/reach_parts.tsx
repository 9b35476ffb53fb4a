/** What a device's page shows of {@link DeviceReach}; loaded after the page. */
import type { DeviceModel } from "../../client/device_model.ts";
import type { DeviceReach } from "../../client/device_reach.ts";
import { phrase } from "../../locales/phrase.ts";
import { NotificationPopups } from "./NotificationPopups.tsx";
import { ReachCard } from "./ReachCard.tsx";
import { TextPopup } from "./TextPopup.tsx";

/** Props of the parts. */
export interface ReachPartProps {
  readonly model: DeviceModel;
  readonly reach: DeviceReach;
}

/** What pops up over the agent's page: notifications, and texts of a closed call window (N1, N2). */
export function Popups({ model, reach }: ReachPartProps) {
  return (
    <div class="notices">
      <TextPopup model={model} />
      <NotificationPopups
        notices={reach.notices}
        onAnswered={() =>
          model.talk.notice.value = { tone: "info", text: phrase("notifications.answered") }}
      />
    </div>
  );
}

/** Offers to be reached while the page is closed, where that can be turned on here. */
export function Offer({ reach }: ReachPartProps) {
  const push = reach.push.value;
  return push?.state.value === "off" ? <ReachCard reach={push} /> : null;
}

/** How this device is reached while the page is closed, where there is nothing to decide. */
export function Standing({ reach }: ReachPartProps) {
  const push = reach.push.value;
  return push === null || push.state.value === "off" ? null : <ReachCard reach={push} />;
}
