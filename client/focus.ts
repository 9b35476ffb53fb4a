/**
 * Keeps the keyboard's place. When what has the focus leaves the page (a button that did its work, a
 * dialog, a pane), browsers drop the focus to the document and screen readers start over: here it
 * goes to the part of the page it was in.
 */

/** What counts as a part of the page, from the innermost. */
const PARTS = "dialog[open], section, aside, nav, main";

/** Watches the page; the returned function stops it. */
export function keepFocus(): () => void {
  let parts: Element[] = [];
  let last: Element | null = null;
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    last = target;
    parts = partsAround(target);
  };
  const removed = new MutationObserver(() => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    [...parts, document.querySelector("main")].find((part) => part !== null && takesFocus(part));
  });
  addEventListener("focusin", remember);
  removed.observe(document.body, { childList: true, subtree: true });
  return () => {
    removeEventListener("focusin", remember);
    removed.disconnect();
  };
}

function partsAround(element: Element): Element[] {
  const around = element.parentElement?.closest(PARTS) ?? null;
  return around === null ? [] : [around, ...partsAround(around)];
}

/** Moves the focus to `part`; false: it is gone, hidden or behind a dialog. */
function takesFocus(part: Element): boolean {
  if (!(part instanceof HTMLElement) || !part.isConnected) return false;
  if (!part.hasAttribute("tabindex")) part.tabIndex = -1;
  part.focus({ preventScroll: true });
  return document.activeElement === part;
}
