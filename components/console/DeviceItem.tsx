import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { DeviceRow } from "../../protocol/messages.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import { startRefusal } from "../../client/device_list.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { DeviceMenu } from "./DeviceMenu.tsx";
import { stateLine } from "./state_line.ts";
import { type Phrase, phrase } from "../../locales/phrase.ts";
import type { KeyOf } from "../../locales/catalogue.ts";
import { useSay, useSpeaker } from "../words.tsx";

const STATUS_KEYS = {
  "Not Installed": "console.statusNotInstalled",
  Disabled: "console.statusDisabled",
  Connected: "console.statusConnected",
  Disconnected: "console.statusDisconnected",
} as const satisfies Record<DeviceRow["status"], KeyOf<"console">>;

/** Props of the rows of the device list. */
export interface DeviceItemProps {
  readonly model: ConsoleModel;
  readonly row: DeviceRow;
}

/** A device this technician has a session with: the whole row opens it. */
export function SessionItem({ model, row }: DeviceItemProps) {
  const say = useSay();
  const session = model.sessionWith(row.id);
  const open = model.open.value === row.id;
  const ringing = session !== null && model.place(session).kind === "incoming";
  const button = useRef<HTMLButtonElement>(null);
  useFollow(button, open, model.open.value === null);
  return (
    <li class={ringing ? "device device-ringing" : "device"}>
      <button
        ref={button}
        type="button"
        class="device-open"
        aria-current={open}
        onClick={() => model.show(row.id)}
      >
        <Reach row={row} />
        <span class="device-name" dir="auto">{row.name}</span>
        <span class="device-line">
          {say(
            session === null
              ? phrase("console.inSession")
              : stateLine(session.record.value.view, model.live.page),
          )}
        </span>
        {session === null ? null : <Unread session={session} />}
      </button>
    </li>
  );
}

/** Brings the row of the open conversation into view; its Back leads to the row again. */
function useFollow(row: RefObject<HTMLElement>, open: boolean, list: boolean): void {
  const before = useRef(false);
  useLayoutEffect(() => {
    if (open && !before.current) row.current?.scrollIntoView({ block: "nearest" });
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (before.current && list && lost) row.current?.focus({ preventScroll: true });
    before.current = open;
  }, [open, list]);
}

/** A device without a session of this technician. */
export function IdleItem({ model, row }: DeviceItemProps) {
  const say = useSay();
  const refusal = startRefusal(row);
  const hint = `why-${row.id}`;
  return (
    <li class="device">
      <div class="device-idle">
        <Reach row={row} />
        <span class="device-name" dir="auto">{row.name}</span>
        <span class="device-line" id={hint}>
          {say(statusLine(row, refusal))}
        </span>
      </div>
      <button
        type="button"
        class="button device-start"
        aria-label={say("console.startSessionWith", { device: row.name })}
        aria-describedby={hint}
        disabled={refusal !== null}
        onClick={() => void model.start(row.id)}
      >
        {say("console.start")}
      </button>
      <DeviceMenu model={model} row={row} />
    </li>
  );
}

/** The status, and what besides it keeps a session from starting or being seen (T5). */
function statusLine(row: DeviceRow, refusal: Phrase | null): Phrase {
  const said = phrase(STATUS_KEYS[row.status]);
  if (refusal === null && row.reachable) return said;
  const reach = row.notifiable ? "notifications.byNotification" : "console.notReachableNow";
  const more = refusal ?? phrase(reach);
  return phrase("console.statusAnd", { status: said, more });
}

function Reach({ row }: { readonly row: DeviceRow }) {
  const say = useSay();
  return (
    <span class={row.reachable ? "reach reach-yes" : "reach"}>
      <span class="visually-hidden">
        {say(row.reachable ? "console.reachable" : "console.notReachable")}
      </span>
    </span>
  );
}

function Unread({ session }: { readonly session: OpenSession }) {
  const speaker = useSpeaker();
  const count = session.unread.value;
  if (count === 0) return null;
  return (
    <span class="badge">
      <span aria-hidden="true">{speaker.number(count)}</span>
      <span class="visually-hidden">{speaker.say("console.newMessages", { count })}</span>
    </span>
  );
}
