import {
  type ComponentChildren,
  type ComponentType,
  createContext,
  Fragment,
  h,
  isValidElement,
  options as publicOptions,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import { element } from "./element.ts";
import { pinSources } from "./asset.ts";
import { headElementName, InHead } from "./head.ts";
import { activeRender } from "./render_state.ts";
import { BootScript } from "./boot_script.ts";
import type { Island } from "./types.ts";

type Props = Record<string, unknown> & { children?: ComponentChildren };

/** Preact calls `__b` for every element before it is rendered. */
const options: { __b?: (vnode: VNode) => void } = publicOptions as object;

/** Elements made below, which are rendered as they are. */
const finished = new WeakSet<VNode>();

const InIsland = createContext(false);

const HEAD_ELEMENTS = ["title", "meta", "link", "script", "style", "base", "noscript", "template"];

function finish(type: unknown, props: Props, ...children: ComponentChildren[]): VNode {
  const vnode = element(type, props, ...children);
  finished.add(vnode);
  return vnode;
}

/** What is rendered in place of a special element; undefined for all others. */
function replacement(type: string, key: unknown): ((props: Props) => VNode | null) | undefined {
  switch (type) {
    case "a":
      return (props) => finish(type, { ...props, ...ariaCurrent(props) });
    case "img":
    case "source":
      return (props) => finish(type, pinSources(props));
    case "html":
      return (props) => {
        activeRender()?.seen.add(type);
        return finish(type, props);
      };
    case "head":
      return (props) => {
        activeRender()?.seen.add(type);
        return finish(type, props, props.children, h(RemainingHead, null));
      };
    case "body":
      return (props) => {
        activeRender()?.seen.add(type);
        return finish(type, props, props.children, h(BootScript, null));
      };
  }
  if (HEAD_ELEMENTS.includes(type)) return (props) => HeadElement(type, key, props);
}

/** Marks links that lead to the page itself or to one above it. */
function ariaCurrent({ href, "aria-current": own }: Props): Props {
  const render = activeRender();
  if (render === null || own !== undefined) return {};
  if (typeof href !== "string" || !href.startsWith("/")) return {};
  const trim = (path: string) => path === "/" ? path : path.replace(/\/$/, "");
  const target = new URL(href, "http://localhost");
  const [here, there] = [trim(render.url.pathname), trim(target.pathname)];
  if (here === there && (target.search === "" || target.search === render.url.search)) {
    return { "data-current": "true", "aria-current": "page" };
  }
  const above = here === there || there === "/" || here.startsWith(`${there}/`);
  return above ? { "data-ancestor": "true", "aria-current": "true" } : {};
}

/** Inside `<Head>` kept for the head; elsewhere gives way to one of the same name kept before. */
function HeadElement(type: string, key: unknown, given: Props): VNode | null {
  const inHead = useContext(InHead);
  const render = activeRender();
  const props: Props = { ...given };
  if (key) props["data-key"] = key;
  if (render !== null && (type === "script" || type === "style")) props.nonce ||= render.nonce;
  const vnode = finish(type, props);
  if (render === null) return vnode;
  const name = headElementName(type, given, key);
  if (inHead) {
    render.head.set(name, vnode);
    return null;
  }
  const kept = render.head.get(name);
  render.head.delete(name);
  return kept ?? vnode;
}

function RemainingHead(): VNode {
  return h(Fragment, null, [...activeRender()?.head.values() ?? []]);
}

function comment(text: string): VNode {
  const props: object = { UNSTABLE_comment: text };
  return h(Fragment, props);
}

/** Signals can stand where elements do, and pass Preact's own check. */
function isElement(value: unknown): boolean {
  return isValidElement(value) && !("peek" in value);
}

/** Renders an island between markers that name it and its props; inside another it is plain. */
function IslandRoot(island: Island, component: ComponentType, key: unknown, props: Props) {
  const inside = useContext(InIsland);
  const render = activeRender();
  const vnode = finish(component, props);
  if (inside || render === null) return vnode;
  for (const [name, value] of Object.entries(props)) {
    const empty = value === undefined || value === null;
    if (!isElement(value) && (name !== "children" || empty)) continue;
    throw new Error(
      `Island "${island.name}" is given JSX as "${name}", which the Fresh stand-in cannot pass on`,
    );
  }
  render.islands.add(island);
  const index = render.islandProps.push({ props }) - 1;
  const label = String(key ?? "").replaceAll(":", "_");
  return h(
    InIsland.Provider,
    { value: true },
    comment(`frsh:island:${island.name}:${index}:${label}`),
    vnode,
    comment("/frsh:island"),
  );
}

const previous = options.__b;
options.__b = (vnode) => {
  const render = activeRender();
  if (render !== null && !finished.has(vnode)) {
    const { type, key } = vnode;
    if (typeof type === "string") {
      const component = replacement(type, key);
      if (component !== undefined) Object.assign(vnode, { type: component });
    } else {
      const island = render.cache.islands.get(type);
      if (island !== undefined) {
        vnode.type = (props: Props) => IslandRoot(island, type as ComponentType, key, props);
      }
    }
  }
  previous?.(vnode);
};
