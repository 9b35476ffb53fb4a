import type { KeyOf } from "../../locales/catalogue.ts";
import type { DeviceStatus } from "../../protocol/service.ts";

/** The status a device shows (T1-T4) by its word on the wire. */
export const STATUS_KEYS = {
  "Not Installed": "device.notInstalled",
  Disabled: "device.disabled",
  Connected: "device.connected",
  Disconnected: "device.disconnected",
} as const satisfies Record<DeviceStatus, KeyOf<"device">>;
