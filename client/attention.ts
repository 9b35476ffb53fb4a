/** Whether a person is looking at this page, as a signal. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Attention } from "./receipts.ts";

/** Watches the page's visibility and focus. */
export function watchAttention(): {
  readonly attention: ReadonlySignal<Attention>;
  stop(): void;
} {
  const attention = signal(look());
  const update = () => {
    const now = look();
    const { visible, focused } = attention.peek();
    if (now.visible !== visible || now.focused !== focused) attention.value = now;
  };
  document.addEventListener("visibilitychange", update);
  addEventListener("focus", update);
  addEventListener("blur", update);
  addEventListener("pageshow", update);
  return {
    attention,
    stop() {
      document.removeEventListener("visibilitychange", update);
      removeEventListener("focus", update);
      removeEventListener("blur", update);
      removeEventListener("pageshow", update);
    },
  };
}

function look(): Attention {
  return { visible: document.visibilityState === "visible", focused: document.hasFocus() };
}
