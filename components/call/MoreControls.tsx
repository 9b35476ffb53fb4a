import type { ComponentChildren } from "preact";
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
  return (
    <>
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
    </>
  );
}
