import { type Phrase, phrase } from "../../locales/phrase.ts";
import type { NotificationTest, Permission, Shown } from "../../client/equipment/popups.ts";
import { useSay } from "../words.tsx";
import { Part, type PartState } from "./Part.tsx";

/** Whether this page may show notifications, and one to see. */
export function NotificationPart({ test }: { readonly test: NotificationTest }) {
  const say = useSay();
  const permission = test.permission.value;
  const shown = test.shown.value;
  const show = () =>
    void test.show(say("equipment.notificationTitle"), say("equipment.notificationBody"));
  return (
    <Part
      icon="bell"
      name={phrase("equipment.notifications")}
      state={lookOf(permission, shown)}
      text={textOf(permission, shown)}
      actions={
        <>
          {permission === "unasked"
            ? (
              <button type="button" class="button" onClick={() => void test.ask()}>
                {say("equipment.notificationsAllow")}
              </button>
            )
            : null}
          {permission === "on"
            ? (
              <button type="button" class="button" onClick={show}>
                {say("equipment.notificationsTry")}
              </button>
            )
            : null}
        </>
      }
    />
  );
}

function lookOf(permission: Permission, shown: Shown): PartState {
  if (permission === "unasked") return "open";
  return permission === "on" && shown !== "failed" ? "good" : "bad";
}

function textOf(permission: Permission, shown: Shown): Phrase {
  switch (permission) {
    case "unasked":
      return phrase("equipment.notificationsUnasked");
    case "off":
      return phrase("equipment.notificationsOff");
    case "unsupported":
      return phrase("equipment.notificationsUnsupported");
    case "on":
      return ON[shown];
  }
}

const ON: Readonly<Record<Shown, Phrase>> = {
  no: phrase("equipment.notificationsOn"),
  shown: phrase("equipment.notificationsShown"),
  failed: phrase("equipment.notificationsFailed"),
};
