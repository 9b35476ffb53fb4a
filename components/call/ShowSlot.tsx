/** Where showing takes place on the stage. */
import type { ReadonlySignal } from "@preact/signals";
import type { CallClient } from "../../client/call/types.ts";
import type { Size } from "../../client/call/show/shapes.ts";
import { DeviceBar, DeviceGround } from "./show/DeviceShow.tsx";
import { TechnicianBar, TechnicianGround } from "./show/TechnicianShow.tsx";

/** How the stage is arranged for what is shown. */
export type StageLook = "plain" | "pointing" | "picture";

/** What is shown now: nothing, something on the moving picture, or a frozen one. */
export function stageLook({ show, localVideo }: CallClient): StageLook {
  if (show.side === "device") {
    if (show.picture.value !== null) return "picture";
    return show.pointer.value !== null && localVideo.value !== null ? "pointing" : "plain";
  }
  const { kind } = show.ground.value;
  if (kind === "frozen") return "picture";
  return kind === "freezing" || show.easel.mode.value === "point" ? "pointing" : "plain";
}

/** Props of {@link ShowGround}. */
export interface ShowProps {
  readonly client: CallClient;
  /** The other person or device. */
  readonly name: string;
  /** The size of the device's moving picture, as this page shows it. */
  readonly size: ReadonlySignal<Size | null>;
}

/** Props of {@link ShowBar}. */
export interface ShowBarProps extends ShowProps {
  /** The device sends a picture, even if a weak network keeps it from moving here. */
  readonly sends: boolean;
}

/** Over the picture. */
export function ShowGround({ client, name, size }: ShowProps) {
  const { show } = client;
  if (show.side === "technician") {
    return <TechnicianGround show={show} name={name} size={size} />;
  }
  const mirror = client.facing.value === "user";
  return <DeviceGround show={show} name={name} size={size} mirror={mirror} />;
}

/** Between the picture and the controls of the call, which it never covers. */
export function ShowBar({ client, name, size, sends }: ShowBarProps) {
  const { show } = client;
  return show.side === "technician"
    ? <TechnicianBar show={show} size={size} sends={sends} />
    : <DeviceBar show={show} name={name} />;
}
