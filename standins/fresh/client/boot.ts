/** The script every page with islands starts with. */
import { type ComponentType, h, options, render } from "preact";
import { pinSources } from "../asset.ts";
import { deserialise } from "./deserialise.ts";
import { Range } from "./range.ts";

export { asset } from "../asset.ts";
export { IS_BROWSER } from "../runtime.ts";

const previous = options.vnode;
options.vnode = (vnode) => {
  if (vnode.type === "img" || vnode.type === "source") vnode.props = pinSources(vnode.props);
  previous?.(vnode);
};

// Upstream's runtime marks the history entry a page begins with, for its own navigation, and loads the
// page again when the browser comes back to it. We have no such navigation, but pages must live with
// the mark as they do upstream.
if (!history.state) history.replaceState({ fClientNav: true }, "");
addEventListener("popstate", ({ state }) => {
  if ((state as { fClientNav?: boolean } | null)?.fClientNav === true) location.reload();
});

interface Marked {
  name: string;
  index: number;
  range: Range;
}

/** Finds the islands by the comments around them. */
function findIslands(): Marked[] {
  const found: Marked[] = [];
  const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  let start: Comment | null = null;
  while (comments.nextNode()) {
    const comment = comments.currentNode as Comment;
    if (comment.data.startsWith("frsh:island:")) start = comment;
    if (comment.data !== "/frsh:island" || start === null) continue;
    const [, , name = "", index] = start.data.split(":");
    const { parentNode } = start;
    if (parentNode === comment.parentNode && parentNode !== null) {
      found.push({ name, index: Number(index), range: new Range(parentNode, start, comment) });
    } else {
      console.error(
        `Island "${name}" does not start: invalid HTML nesting around it was rearranged`,
      );
    }
    start = null;
  }
  return found;
}

/** Takes the page's islands over, each in a task of its own. */
export function boot(islands: Record<string, ComponentType>, islandProps: string): void {
  const all = deserialise(islandProps) as { props: Record<string, unknown> }[];
  for (const { name, index, range } of findIslands()) {
    const component = islands[name];
    const item = all[index];
    if (component === undefined || item === undefined) continue;
    setTimeout(() => render(h(component, item.props), range as unknown as Element));
  }
}
