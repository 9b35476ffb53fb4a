import { Icon } from "./Icon.tsx";
import { useSay } from "./words.tsx";

/** Puts away what was said: the cross at its end. */
export function DismissButton({ onDismiss }: { readonly onDismiss: () => void }) {
  const say = useSay();
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={say("common.dismiss")}
      onClick={onDismiss}
    >
      <Icon name="close" />
    </button>
  );
}
