import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { DeviceRow } from "../../protocol/messages.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import { startRefusal } from "../../client/device_list.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { DeviceMenu } from "./DeviceMenu.tsx";
import { stateLine } from "./state_line.ts";

/** Props of the rows of the device list. */
export interface DeviceItemProps {
  readonly model: ConsoleModel;
  readonly row: DeviceRow;
}

/** A device this technician has a session with: the whole row opens it. */
export function SessionItem({ model, row }: DeviceItemProps) {
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
          {session === null ? "In session" : stateLine(session.record.value.view, model.live.page)}
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
  const refusal = startRefusal(row);
  const hint = `why-${row.id}`;
  return (
    <li class="device">
      <div class="device-idle">
        <Reach row={row} />
        <span class="device-name" dir="auto">{row.name}</span>
        <span class="device-line" id={hint}>
          {row.status}
          {refusal === null ? (row.reachable ? "" : " · not reachable now") : ` · ${refusal}`}
        </span>
      </div>
      <button
        type="button"
        class="button device-start"
        aria-label={`Start session with ${row.name}`}
        aria-describedby={hint}
        disabled={refusal !== null}
        onClick={() => void model.start(row.id)}
      >
        Start
      </button>
      <DeviceMenu model={model} row={row} />
    </li>
  );
}

function Reach({ row }: { readonly row: DeviceRow }) {
  return (
    <span class={row.reachable ? "reach reach-yes" : "reach"}>
      <span class="visually-hidden">{row.reachable ? "Reachable" : "Not reachable"}:</span>
    </span>
  );
}

function Unread({ session }: { readonly session: OpenSession }) {
  const count = session.unread.value;
  if (count === 0) return null;
  return (
    <span class="badge">
      {count}
      <span class="visually-hidden">{count === 1 ? " new message" : " new messages"}</span>
    </span>
  );
}
