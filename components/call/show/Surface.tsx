import { useRef } from "preact/hooks";
import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { fitted, nearestPoint, pointAt } from "../../../client/call/show/geometry.ts";
import type { Easel } from "../../../client/call/show/easel.ts";
import type { Size } from "../../../client/call/show/shapes.ts";
import { pressed } from "./shortcuts.ts";

type Pressed = TargetedPointerEvent<HTMLDivElement>;

/** Props of {@link Surface}. */
export interface SurfaceProps {
  readonly easel: Easel;
  /** The picture under it, which is shown whole (`object-fit: contain`). */
  readonly over: Size;
  readonly label: string;
}

/** Where the technician's hand or keyboard points and draws: mouse, finger and pen alike. */
export function Surface({ easel, over, label }: SurfaceProps) {
  const down = useRef<number | null>(null);
  const area = (element: Element) => fitted(element.getBoundingClientRect(), over, "contain");
  const press = (event: Pressed) => {
    const at = pointAt(area(event.currentTarget), event.clientX, event.clientY);
    if (at === null || event.button !== 0 || down.current !== null) return;
    easel.crosshair.value = null;
    event.currentTarget.setPointerCapture(event.pointerId);
    down.current = event.pointerId;
    easel.press(at);
  };
  const move = (event: Pressed) => {
    const held = down.current === event.pointerId;
    // A mouse points without being pressed; a second finger does nothing.
    if (!held && (down.current !== null || event.pointerType === "touch")) return;
    const box = area(event.currentTarget);
    if (!held && pointAt(box, event.clientX, event.clientY) === null) return;
    for (const { clientX, clientY } of everyPlace(event)) {
      easel.move(nearestPoint(box, clientX, clientY));
    }
  };
  const lift = (event: Pressed) => {
    if (down.current !== event.pointerId) return;
    down.current = null;
    easel.lift(nearestPoint(area(event.currentTarget), event.clientX, event.clientY));
  };
  const cancel = (event: Pressed) => {
    if (down.current !== event.pointerId) return;
    down.current = null;
    easel.cancel();
  };
  return (
    <div
      class="show-surface"
      // A picture to draw on: arrow keys and Enter are for it, not for a screen reader's own moves.
      role="application"
      tabIndex={0}
      aria-label={label}
      data-mode={easel.mode.value}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={lift}
      onPointerCancel={cancel}
      onKeyDown={(event: TargetedKeyboardEvent<HTMLDivElement>) => {
        if (pressed(easel, event)) event.preventDefault();
      }}
      onBlur={() => easel.crosshair.value = null}
    />
  );
}

/** A fast hand makes several moves between two frames (Pointer Events 3, section 10.2). */
function everyPlace(event: Pressed): readonly PointerEvent[] {
  const places = event.getCoalescedEvents?.() ?? [];
  return places.length === 0 ? [event] : places;
}
