/** An open menu closes at Escape, and when the person turns to something else. */
export function whileOpen(menu: HTMLDetailsElement): void {
  if (!menu.open) return;
  const done = new AbortController();
  const close = () => {
    menu.open = false;
    done.abort();
  };
  const turned = ({ target }: Event) => {
    if (!(target instanceof Node && menu.contains(target))) close();
  };
  addEventListener("pointerdown", turned, done);
  addEventListener("focusin", turned, done);
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    close();
  }, done);
}
