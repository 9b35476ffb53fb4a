/** A dialog in the browser's own top layer: what is behind it cannot be reached. */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

/** Props of {@link Modal}. */
export interface ModalProps {
  /** An "alertdialog" interrupts: focus moves to it, but not to an answer somebody may hit by typing. */
  readonly role: "dialog" | "alertdialog";
  /** Its accessible name, shown as its heading. */
  readonly title: string;
  readonly class?: string;
  /** Escape was pressed; without it the dialog stays until it is answered. */
  readonly onClose?: () => void;
  readonly children: ComponentChildren;
}

/** Shows its children in a dialog while it is rendered; focus moves in and comes back after. */
export function Modal({ role, title, class: look, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    present(element, role);
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const escape = (event: Event) => {
    event.preventDefault();
    onClose?.();
  };
  // A browser closes a dialog at the second Escape, whatever the page says: it is opened again.
  const closed = () => {
    const element = dialog.current;
    if (element?.isConnected && !element.open) present(element, role);
  };
  return (
    <dialog
      ref={dialog}
      role={role}
      tabIndex={-1}
      aria-labelledby={heading}
      aria-modal="true"
      class={`modal ${look ?? ""}`}
      onCancel={escape}
      onClose={closed}
    >
      <h2 id={heading} class="modal-title">{title}</h2>
      {children}
    </dialog>
  );
}

function present(element: HTMLDialogElement, role: ModalProps["role"]): void {
  element.showModal();
  if (role === "alertdialog") element.focus();
}
