import type { ConsoleModel } from "../../client/console_model.ts";
import { isAnswered } from "../../client/console_notices.ts";
import type { KeyOf } from "../../locales/catalogue.ts";
import type { SentNotification } from "../../protocol/notification.ts";
import { DismissButton } from "../DismissButton.tsx";
import { useSpeaker } from "../words.tsx";

/** Props of the list of sent notifications. */
export interface SentNotificationsProps {
  readonly model: ConsoleModel;
}

/** What became of the notifications this technician sent; answers pop up beside it. */
export function SentNotifications({ model }: SentNotificationsProps) {
  const { say } = useSpeaker();
  const sent = model.notices.sent.value;
  if (sent.length === 0) return null;
  return (
    <section>
      <h2 class="devices-title">{say("notifications.notifications")}</h2>
      <ul>
        {sent.map((one) => <SentItem key={one.id} model={model} sent={one} />)}
      </ul>
    </section>
  );
}

function SentItem({ model, sent }: SentNotificationsProps & { readonly sent: SentNotification }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const { id, device, state, at } = sent;
  const when = speaker.date(at, { dateStyle: "short", timeStyle: "short" });
  const done = state.kind === "read" || state.kind === "answered";
  return (
    <li class="device">
      <div class="device-idle">
        <span class="device-name" dir="auto">{device.name}</span>
        <span class="device-line">
          {say("notifications.stateAt", { state: say(STATES[state.kind]), time: when })}
        </span>
      </div>
      <button
        type="button"
        class="button device-start"
        aria-label={say(done ? "notifications.dismissOf" : "notifications.takeBackOf", {
          name: device.name,
        })}
        onClick={() => void model.dismissNotification(id)}
      >
        {say(done ? "common.dismiss" : "notifications.takeBack")}
      </button>
    </li>
  );
}

const STATES = {
  sent: "notifications.stateSent",
  delivered: "notifications.stateDelivered",
  read: "notifications.stateRead",
  answered: "notifications.stateAnswered",
} as const satisfies Record<SentNotification["state"]["kind"], KeyOf<"notifications">>;

/** Answers to notifications, until they are dismissed or become a session. */
export function Answers({ model }: SentNotificationsProps) {
  const { say } = useSpeaker();
  return (
    <>
      {model.notices.sent.value.filter(isAnswered).map(({ id, device, state }) => (
        <div
          key={id}
          class="popup"
          role="group"
          aria-label={say("notifications.answerFrom", { name: device.name })}
        >
          <header class="popup-head">
            <p class="popup-title">{say("notifications.answerFrom", { name: device.name })}</p>
            <DismissButton onDismiss={() => void model.dismissNotification(id)} />
          </header>
          <p class="popup-asked">
            <bdi>{state.asked}</bdi>
          </p>
          <p class="popup-answer" dir="auto" aria-live="polite">{state.text}</p>
          <div>
            <button
              type="button"
              class="button"
              onClick={() => {
                void model.dismissNotification(id);
                void model.start(device.id);
              }}
            >
              {say("notifications.startSession")}
            </button>
          </div>
        </div>
      ))}
    </>
  );
}
