/** Stand-in for `fresh/runtime`: what islands and pages may import on both sides. */
import { type ComponentChildren, h } from "preact";
import { ClientHead } from "./client/head.ts";
import { InHead } from "./head.ts";

export { asset, assetSrcSet } from "./asset.ts";
export { HttpError } from "./error.ts";

/** True in the browser, false on the server. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/** Props of `<Head>`. */
export interface HeadProps {
  /** Elements such as `<title>`, `<meta>` and `<link>`. */
  children?: ComponentChildren;
}

/** Puts its children into the document's head; the same title or meta there gives way. */
export function Head(props: HeadProps): ComponentChildren {
  return IS_BROWSER
    ? h(ClientHead, null, props.children)
    : h(InHead.Provider, { value: true }, props.children);
}
