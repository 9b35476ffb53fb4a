import { type Attributes, type ComponentChildren, h, type VNode } from "preact";

/** `h()` where neither the type nor its props are known beforehand. */
export function element(
  type: unknown,
  props: object | null,
  ...children: ComponentChildren[]
): VNode {
  return h(type as string, props as Attributes, ...children) as VNode;
}
