import { Fragment, h, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { needsScript, scriptAddresses } from "./boot_script.ts";
import type { BuildCache } from "./build_cache.ts";
import "./render_hooks.ts";
import { type RenderState, withRender } from "./render_state.ts";

/** A finished document. */
export interface RenderedDocument {
  html: string;
  /** Allows the document's inline scripts and styles. */
  nonce: string;
  /** `Link` header entries for the scripts it starts with. */
  preload: string[];
}

/** Renders the page, then what wraps it, so that the page's `<Head>` reaches the wrapper's head. */
export function renderDocument(
  request: { url: URL; basePath: string; cache: BuildCache },
  page: VNode,
  wrap: ((page: VNode) => VNode) | null,
): RenderedDocument {
  const state: RenderState = {
    ...request,
    nonce: crypto.randomUUID().replaceAll("-", ""),
    islands: new Set(),
    islandProps: [],
    head: new Map(),
    seen: new Set(),
  };
  const html = withRender(state, () => {
    const content = renderToString(page);
    return complete(state, wrap === null ? content : renderToString(wrap(jsxTemplate([content]))));
  });
  const preload = needsScript(state)
    ? scriptAddresses(state).map((it) => `<${encodeURI(it)}>; rel="modulepreload"; as="script"`)
    : [];
  return { html: `<!DOCTYPE html>${html}`, nonce: state.nonce, preload };
}

/** Adds what the page left out of html, head and body. */
function complete({ seen }: RenderState, html: string): string {
  const missing = new Set(["html", "head", "body"]).difference(seen);
  if (missing.size === 0) return html;
  let vnode: VNode = jsxTemplate([html]);
  if (missing.has("body")) vnode = h("body", null, vnode);
  if (missing.has("head")) {
    vnode = h(Fragment, null, h("head", null, h("meta", { charset: "utf-8" })), vnode);
  }
  if (missing.has("html")) vnode = h("html", null, vnode);
  return renderToString(vnode);
}
