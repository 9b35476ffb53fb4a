/** Parts of a page whose code comes when they are first shown: an idle page stays small. */
import { type ComponentType, h } from "preact";
import { useEffect } from "preact/hooks";
import { signal } from "@preact/signals";

/** The component that `load` answers with; nothing is shown until it is there. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const loaded = signal<{ readonly component: ComponentType<Props> } | null>(null);
  let loading = false;
  const begin = () => {
    if (loading || loaded.peek() !== null) return;
    loading = true;
    // A lost network is no reason to do without: it is tried again when this is shown anew.
    load().then((component) => loaded.value = { component }, () => loading = false);
  };
  return function Later(props: Props) {
    useEffect(begin);
    const now = loaded.value;
    return now === null ? null : h(now.component, props);
  };
}
