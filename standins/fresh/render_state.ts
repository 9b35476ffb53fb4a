import type { VNode } from "preact";
import type { BuildCache } from "./build_cache.ts";
import type { Island } from "./types.ts";

/** What is gathered while one document is rendered. */
export interface RenderState {
  readonly url: URL;
  readonly basePath: string;
  readonly cache: BuildCache;
  /** Allows this document's own inline scripts and styles. */
  readonly nonce: string;
  /** Islands met. */
  readonly islands: Set<Island>;
  /** Props of each island instance, in document order. */
  readonly islandProps: { props: Record<string, unknown> }[];
  /** Elements from `<Head>` that are not yet in the head, by name. */
  readonly head: Map<string, VNode>;
  /** Which of html, head and body the page brought itself. */
  readonly seen: Set<string>;
}

let active: RenderState | null = null;

/** The document being rendered, null between renders. */
export function activeRender(): RenderState | null {
  return active;
}

/** Runs `fn`, which must not be async, as the rendering of `state`. */
export function withRender<T>(state: RenderState, fn: () => T): T {
  active = state;
  try {
    return fn();
  } finally {
    active = null;
  }
}
