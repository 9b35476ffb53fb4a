/** System notifications of a console nobody looks at (N2). Loaded once the technician allowed them. */
import { effect } from "@preact/signals";
import type { Say } from "../locales/speaker.ts";
import { notificationTag, sessionTag } from "../protocol/push.ts";
import { type Alert, Alerts } from "./alerts/alerts.ts";
import { pagePlace } from "./alerts/places.ts";
import type { ConsoleModel } from "./console_model.ts";
import { isAnswered } from "./console_notices.ts";
import type { OpenSession } from "./open_session.ts";

/** Shows them from now on; the returned function stops it. */
export function startConsoleAlerts(model: ConsoleModel, say: Say): () => void {
  const alerts = new Alerts(pagePlace((tag) => open(model, tag)));
  return effect(() => {
    const { visible, focused } = model.attention.value;
    alerts.update(wanted(model, say), visible && focused);
  });
}

/** Who it is from, never what was written: it may be shown on a locked screen. */
function wanted(model: ConsoleModel, say: Say): Alert[] {
  const sessions = [...model.live.sessions.value.values()]
    .flatMap((session) => sessionAlert(model, session, say));
  const answers = model.notices.sent.value.filter(isAnswered).map(({ id, device }): Alert => ({
    tag: notificationTag(id),
    moment: "answered",
    title: say("notifications.answerFrom", { name: device.name }),
    body: "",
    urgent: false,
  }));
  return [...sessions, ...answers];
}

function sessionAlert(model: ConsoleModel, session: OpenSession, say: Say): Alert[] {
  const { device: { name }, lastSeq } = session.record.value.view;
  const tag = sessionTag(session.id);
  if (model.place(session).kind === "incoming") {
    const title = say("notifications.calling", { name });
    return [{ tag, moment: "call", title, body: "", urgent: true }];
  }
  if (session.unread.value === 0) return [];
  const title = say("notifications.newMessage", { name });
  return [{ tag, moment: `text ${lastSeq}`, title, body: "", urgent: false }];
}

function open(model: ConsoleModel, tag: string): void {
  for (const session of model.live.sessions.peek().values()) {
    if (sessionTag(session.id) === tag) model.show(session.record.peek().view.device.id);
  }
}
