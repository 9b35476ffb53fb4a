import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { ReadonlySignal } from "@preact/signals";
import type { Audience } from "../../../client/call/show/audience.ts";
import { mirrored } from "../../../client/call/show/geometry.ts";
import type { Size } from "../../../client/call/show/shapes.ts";
import { Overlay, PictureView } from "./SceneView.tsx";
import { useSay } from "../../words.tsx";

/** Props of {@link DeviceGround}. */
export interface DeviceGroundProps {
  readonly show: Audience;
  /** The technician. */
  readonly name: string;
  /** The size of the own moving picture; null: there is none. */
  readonly size: ReadonlySignal<Size | null>;
  /** Whether the own picture is shown as in a mirror. */
  readonly mirror: boolean;
}

/** What the technician shows, over the device's own picture. */
export function DeviceGround({ show, name, size, mirror }: DeviceGroundProps) {
  const say = useSay();
  const picture = show.picture.value;
  const at = show.pointer.value;
  const own = size.value;
  if (picture !== null) {
    return (
      <div class="show-layer">
        <PictureView picture={picture} label={say("show.froze", { name })} />
        <Overlay
          over={picture}
          marks={show.marks.value}
          pointer={at}
          label={say("show.drawn", { name, count: show.marks.value.length })}
        />
      </div>
    );
  }
  if (at === null || own === null) return null;
  return (
    <div class="show-layer">
      <Overlay
        over={own}
        marks={[]}
        pointer={mirror ? mirrored(at) : at}
        label={say("show.points", { name })}
      />
    </div>
  );
}

/** What is said about it, and what the user may do: never trapped, never overheard. */
export function DeviceBar({ show, name }: { readonly show: Audience; readonly name: string }) {
  const say = useSay();
  const frozen = show.picture.value !== null;
  const points = show.pointer.value !== null;
  return (
    <div class="show-bar">
      <p role="status" class="show-note">
        {frozen ? say("show.froze", { name }) : points ? say("show.points", { name }) : null}
      </p>
      {frozen
        ? (
          <button type="button" class="button" onClick={() => show.close()}>
            {say("show.closePicture")}
          </button>
        )
        : null}
      {show.asked.value === null
        ? null
        : <Request key={show.asked.value.id} show={show} name={name} />}
    </div>
  );
}

/** Beside the call, not over it: hanging up is an answer too. */
function Request({ show, name }: { readonly show: Audience; readonly name: string }) {
  const say = useSay();
  const dialog = useRef<HTMLDivElement>(null);
  const heading = useId();
  const frozen = typeof show.asked.value?.of === "string";
  useLayoutEffect(() => dialog.current?.focus(), []);
  return (
    <div
      ref={dialog}
      class="show-request"
      role="alertdialog"
      aria-labelledby={heading}
      tabIndex={-1}
    >
      <p id={heading} class="show-asks">
        {say(frozen ? "show.asksFrozen" : "show.asksLive", { name })}
      </p>
      <p>{say("show.asksWhy", { name })}</p>
      <div class="show-answers">
        <button type="button" class="button" onClick={() => show.refuse()}>{say("show.no")}</button>
        <button type="button" class="button button-primary" onClick={() => void show.allow()}>
          {say("show.allow")}
        </button>
      </div>
    </div>
  );
}
