import { useEffect } from "preact/hooks";
import type { Signal } from "@preact/signals";
import type { Notice } from "../client/talk.ts";
import { DismissButton } from "./DismissButton.tsx";
import { useSay } from "./words.tsx";

/** How long good news stays where it is in the way, in milliseconds. */
const FLOAT_FOR = 8_000;

/** Props of {@link NoticeBar}. */
export interface NoticeBarProps {
  readonly notice: Signal<Notice | null>;
  /** "toast" floats over the list of devices, "bar" heads the page; "inline" stays in its text. */
  readonly place: "toast" | "bar" | "inline";
}

/** Says once what happened, until it is dismissed or something newer is said. */
export function NoticeBar({ notice, place }: NoticeBarProps) {
  const say = useSay();
  const now = notice.value;
  useEffect(() => {
    if (now?.tone !== "info" || place === "inline") return;
    const timer = setTimeout(() => notice.value = null, FLOAT_FOR);
    return () => clearTimeout(timer);
  }, [now]);
  if (now === null) return null;
  return (
    <div
      class={`said said-${place} said-${now.tone}`}
      role={now.tone === "problem" ? "alert" : undefined}
    >
      <span aria-live="polite">{say(now.text)}</span>
      <DismissButton onDismiss={() => notice.value = null} />
    </div>
  );
}
