import { initials } from "../client/format.ts";

/** Stands for a person or device where there is no picture. */
export function Avatar(
  { name, size }: { readonly name: string; readonly size: "small" | "large" },
) {
  return <span class={`avatar avatar-${size}`} aria-hidden="true">{initials(name)}</span>;
}
