/** The part of the page for photos and files, fetched when the first conversation opens. */
import { signal } from "@preact/signals";

/** What components/attach/mod.tsx brings. */
export type AttachParts = typeof import("../attach/mod.tsx");

const parts = signal<AttachParts | null>(null);
let asked = false;

/** The part, once it is here; null: not yet. Where it did not come, the next asking tries again. */
export function attachParts(): AttachParts | null {
  if (!asked) {
    asked = true;
    import("../attach/mod.tsx").then((loaded) => parts.value = loaded, () => asked = false);
  }
  return parts.value;
}
