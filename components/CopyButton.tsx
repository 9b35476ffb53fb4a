import { useSignal } from "@preact/signals";
import { Icon } from "./Icon.tsx";
import { useSay } from "./words.tsx";

const SAID = {
  copy: "common.copyLink",
  copied: "common.copied",
  refused: "common.cannotCopy",
} as const;

/** Copies `text`, where the browser lets a page do so. */
export function CopyButton({ text }: { readonly text: string }) {
  const say = useSay();
  const said = useSignal<keyof typeof SAID>("copy");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = "copied";
    } catch {
      said.value = "refused";
    }
  };
  return (
    <button type="button" class="button" onClick={() => void copy()}>
      <Icon name="copy" /> <span aria-live="polite">{say(SAID[said.value])}</span>
    </button>
  );
}
