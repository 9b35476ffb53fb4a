import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { useSay } from "../words.tsx";
import { Control } from "./Control.tsx";

/**
 * Controls that are seldom needed: beside the others where there is room, else behind "More". Which of
 * the two, the style decides; where there are none, there is no "More" either.
 */
export function MoreControls({ children }: { readonly children: ComponentChildren }) {
  const say = useSay();
  const open = useSignal(false);
  const part = useRef<HTMLDivElement>(null);
  // Before anything is painted: an Escape at what is shown must find somebody who listens.
  useLayoutEffect(() => {
    if (!open.value || part.current === null) return;
    return untilDone(part.current, () => open.value = false);
  }, [open.value]);
  return (
    <div class="more" ref={part}>
      <div
        class={open.value ? "more-controls more-open" : "more-controls"}
        onClick={() => open.value = false}
      >
        {children}
      </div>
      <div class="more-toggle">
        <Control
          icon="more"
          label={say("call.more")}
          expanded={open.value}
          onClick={() => open.value = !open.value}
        />
      </div>
    </div>
  );
}

/**
 * Closes at Escape, and when something else was pressed. Not before that press is over: closing moves
 * the controls, and nothing may slip away from under a finger. Returns what stops it.
 */
function untilDone(part: HTMLElement, close: () => void): () => void {
  const done = new AbortController();
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Node && part.contains(target))) close();
  }, done);
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    if (part.contains(document.activeElement)) {
      part.querySelector<HTMLElement>(".more-toggle button")?.focus();
    }
    close();
  }, done);
  return () => done.abort();
}
