import { useSignal } from "@preact/signals";
import type { DeviceRow } from "../../protocol/messages.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import { groupDevices } from "../../client/device_list.ts";
import { Icon } from "../Icon.tsx";
import { IdleItem, SessionItem } from "./DeviceItem.tsx";
import { EnrollDialog } from "./EnrollDialog.tsx";
import { SentNotifications } from "./SentNotifications.tsx";
import { useSay } from "../words.tsx";

/** All devices: the technician's own sessions first. */
export function DeviceList({ model }: { readonly model: ConsoleModel }) {
  const say = useSay();
  const enrolling = useSignal(false);
  const devices = model.live.devices.value;
  const sessions = model.live.sessions.value;
  const started = (id: string) => sessions.get(id)?.record.peek().view.startedAt ?? 0;
  const groups = groupDevices(devices?.values() ?? [], model.search.value, started);
  return (
    <nav class="devices" aria-label={say("console.devices")}>
      <div class="devices-tools">
        <label class="search">
          <Icon name="search" />
          <input
            type="search"
            aria-label={say("console.searchDevices")}
            placeholder={say("console.search")}
            value={model.search}
            onInput={(event) => model.search.value = event.currentTarget.value}
          />
        </label>
        <button type="button" class="button" onClick={() => enrolling.value = true}>
          <Icon name="plus" /> {say("console.enrollDevice")}
        </button>
      </div>
      <div class="devices-scroll">
        {groups.mine.length === 0 ? null : (
          <section>
            <h2 class="devices-title">{say("console.yourSessions")}</h2>
            <ul>
              {groups.mine.map((row) => <SessionItem key={row.id} model={model} row={row} />)}
            </ul>
          </section>
        )}
        <SentNotifications model={model} />
        <section>
          <h2 class="devices-title">{say("console.devices")}</h2>
          <ul>
            {groups.others.map((row) => <IdleItem key={row.id} model={model} row={row} />)}
          </ul>
          <Empty devices={devices} found={groups.mine.length + groups.others.length} />
        </section>
      </div>
      {enrolling.value
        ? <EnrollDialog model={model} onClose={() => enrolling.value = false} />
        : null}
    </nav>
  );
}

function Empty({ devices, found }: {
  readonly devices: ReadonlyMap<string, DeviceRow> | null;
  readonly found: number;
}) {
  const say = useSay();
  if (devices === null) return <p class="devices-empty">{say("console.loadingDevices")}</p>;
  if (devices.size === 0) {
    return <p class="devices-empty">{say("console.noDevices")}</p>;
  }
  return found === 0 ? <p class="devices-empty">{say("console.noneFound")}</p> : null;
}
