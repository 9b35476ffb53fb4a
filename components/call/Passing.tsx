import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { DismissButton } from "../DismissButton.tsx";

/** How long it stays, in milliseconds. */
const SHOWN_FOR = 8_000;

/** Props of {@link Passing}. */
export interface PassingProps {
  readonly onOver: () => void;
  readonly children: ComponentChildren;
}

/** Says over the call what has happened, for a while or until it is dismissed. */
export function Passing({ onOver, children }: PassingProps) {
  useEffect(() => {
    const timer = setTimeout(onOver, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="stage-note" role="status">
      <span class="stage-note-text">{children}</span>
      <DismissButton onDismiss={onOver} />
    </div>
  );
}
