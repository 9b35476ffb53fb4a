import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/** Props of {@link Menu}. */
export interface MenuProps {
  /** The `<summary>` it opens from. */
  readonly summary: ComponentChildren;
  /** What it offers: a part of class "menu-items" with buttons of class "menu-item". */
  readonly children: ComponentChildren;
}

/**
 * A menu behind a button; it opens without script, too. It closes when something of it was chosen, at
 * Escape, and when the person turns to something else.
 */
export function Menu({ summary, children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  // The keyboard goes back to the button: what closes is about to be out of its reach.
  const close = () => {
    menu.current?.querySelector("summary")?.focus();
    menu.current?.removeAttribute("open");
  };
  // On the way down: the dialog that a choice opens remembers where the keyboard was before it.
  const chosen = ({ target }: Event) => {
    if (target instanceof Element && target.closest(".menu-item") !== null) close();
  };
  return (
    <details
      class="menu"
      ref={menu}
      onToggle={({ currentTarget }) => untilTurned(currentTarget)}
      onClickCapture={chosen}
      onKeyDown={({ key }) => key === "Escape" && menu.current?.open && close()}
    >
      {summary}
      {children}
    </details>
  );
}

/** Closes an open menu when the person presses, or moves to, something outside of it. */
function untilTurned(menu: HTMLDetailsElement): void {
  if (!menu.open) return;
  const done = new AbortController();
  const turned = ({ target }: Event) => {
    if (menu.open && target instanceof Node && menu.contains(target)) return;
    menu.open = false;
    done.abort();
  };
  addEventListener("pointerdown", turned, done);
  addEventListener("focusin", turned, done);
}
