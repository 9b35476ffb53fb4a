import { useSignal } from "@preact/signals";
import { Icon } from "./Icon.tsx";

/** Copies `text`, where the browser lets a page do so. */
export function CopyButton({ text }: { readonly text: string }) {
  const said = useSignal("Copy link");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = "Copied";
    } catch {
      said.value = "Select the link to copy it";
    }
  };
  return (
    <button type="button" class="button" onClick={() => void copy()}>
      <Icon name="copy" /> <span aria-live="polite">{said}</span>
    </button>
  );
}
