import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Modal } from "../Modal.tsx";

/** How long the technician can still think better of it, in seconds. */
const SECONDS = 3;

/** Props of {@link EndSessionDialog}. */
export interface EndSessionDialogProps {
  readonly device: string;
  readonly onEnd: () => void;
  readonly onKeep: () => void;
}

/**
 * Ending erases everything, so it can be taken back for a moment: it happens at the second press or by
 * itself when the moment is over. A page that goes away before still asks for it, but its last frame may
 * not get out: then the session stays open and listed (S5). Escape keeps the session.
 */
export function EndSessionDialog({ device, onEnd, onKeep }: EndSessionDialogProps) {
  const left = useSignal(SECONDS);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    const timer = setInterval(() => {
      left.value--;
      if (left.value <= 0) onEnd();
    }, 1000);
    addEventListener("pagehide", onEnd);
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", onEnd);
    };
  }, []);
  return (
    <Modal role="alertdialog" title={`Ending the session with ${device}`} onClose={onKeep}>
      <p>
        It ends, and all messages are erased on both sides,{" "}
        <span class="countdown">in {left} {left.value === 1 ? "second" : "seconds"}</span>.
      </p>
      <div class="modal-actions">
        <button type="button" class="button" onClick={onKeep}>Keep session</button>
        <button type="button" class="button button-danger" ref={button} onClick={onEnd}>
          End session now
        </button>
      </div>
    </Modal>
  );
}
