import { type ComponentChildren, isValidElement, toChildArray } from "preact";
import { useEffect } from "preact/hooks";

/** In the browser `<Head>` renders nothing; it keeps title and existing head elements up to date. */
export function ClientHead(props: { children?: ComponentChildren }): null {
  useEffect(() => {
    for (const child of toChildArray(props.children)) {
      if (!isValidElement(child) || typeof child.type !== "string") continue;
      update(child.type, child.props as Record<string, unknown>, child.key);
    }
  });
  return null;
}

function update(type: string, props: Record<string, unknown>, key: unknown): void {
  const text = toChildArray(props.children as ComponentChildren).join("");
  if (type === "title") {
    document.title = text;
    return;
  }
  const element = [...document.head.querySelectorAll(type)].find((candidate) =>
    key ? candidate.getAttribute("data-key") === String(key) : sameName(candidate, props)
  );
  if (element === undefined) return;
  if (element.textContent !== text) element.textContent = text;
  for (const [name, value] of Object.entries(props)) {
    if (name === "children") continue;
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}

function sameName(element: Element, props: Record<string, unknown>): boolean {
  const attribute = ["id", "name", "rel"].find((name) => typeof props[name] === "string");
  return attribute !== undefined && element.getAttribute(attribute) === props[attribute];
}
