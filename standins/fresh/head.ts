import { createContext } from "preact";

/** Whether what is being rendered belongs into the document's head. */
export const InHead = createContext(false);

/** Names a head element: the one with the same name inside `<Head>` takes the place of the other. */
export function headElementName(type: string, props: object, key: unknown): string {
  if (key !== undefined && key !== null) return String(key);
  if (type === "title") return type;
  const ignored = [
    "children",
    "nonce",
    "ref",
    type === "meta" ? "content" : "",
    type === "link" ? "href" : "",
  ];
  const own = Object.entries(props).filter(([name]) => !ignored.includes(name)).sort();
  return JSON.stringify([type, own]);
}
