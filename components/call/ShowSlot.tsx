/** Where showing takes place on the stage; its code is loaded with the call, not with the page. */
import type { ReadonlySignal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CallClient } from "../../client/call/types.ts";
import type { Size } from "../../client/call/show/shapes.ts";

type Parts = typeof import("./show/parts.ts");

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
  const parts = useParts();
  const { show } = client;
  if (parts === null) return null;
  if (show.side === "technician") {
    return <parts.TechnicianGround show={show} name={name} size={size} />;
  }
  const mirror = client.facing.value === "user";
  return <parts.DeviceGround show={show} name={name} size={size} mirror={mirror} />;
}

/** Between the picture and the controls of the call, which it never covers. */
export function ShowBar({ client, name, size, sends }: ShowBarProps) {
  const parts = useParts();
  const { show } = client;
  if (parts === null) return null;
  return show.side === "technician"
    ? <parts.TechnicianBar show={show} size={size} sends={sends} />
    : <parts.DeviceBar show={show} name={name} />;
}

function useParts(): Parts | null {
  const parts = useSignal<Parts | null>(null);
  useEffect(() => {
    // Without it a call is a call; the next one tries again.
    import("./show/parts.ts").then((loaded) => parts.value = loaded, () => {});
  }, []);
  return parts.value;
}
