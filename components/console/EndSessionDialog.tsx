import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Modal } from "../Modal.tsx";
import { useSay } from "../words.tsx";

/** How long the technician can still think better of it, in seconds. */
const SECONDS = 3;

/** Props of {@link EndSessionDialog}. */
export interface EndSessionDialogProps {
  readonly device: string;
  readonly onEnd: () => void;
  /** The page goes away within that moment. */
  readonly onLeave: () => void;
  readonly onKeep: () => void;
}

/**
 * Ending erases everything, so it can be taken back for a moment: it happens at the second press, by
 * itself when the moment is over, or when the page goes away before that. Escape keeps the session.
 */
export function EndSessionDialog({ device, onEnd, onLeave, onKeep }: EndSessionDialogProps) {
  const say = useSay();
  const left = useSignal(SECONDS);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    button.current?.focus();
    const timer = setInterval(() => {
      left.value--;
      if (left.value <= 0) onEnd();
    }, 1000);
    addEventListener("pagehide", onLeave);
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", onLeave);
    };
  }, []);
  return (
    <Modal role="alertdialog" title={say("console.endingWith", { device })} onClose={onKeep}>
      <p class="countdown">{say("console.endsIn", { count: left.value })}</p>
      <div class="modal-actions">
        <button type="button" class="button" onClick={onKeep}>{say("console.keepSession")}</button>
        <button type="button" class="button button-danger" ref={button} onClick={onEnd}>
          {say("console.endNow")}
        </button>
      </div>
    </Modal>
  );
}
