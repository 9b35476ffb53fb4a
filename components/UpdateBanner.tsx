import type { Updates } from "../client/updating.ts";
import { useSay } from "./words.tsx";

/** Says that a new version waits until the person is done. */
export function UpdateBanner({ updates }: { readonly updates: Updates }) {
  const say = useSay();
  if (!updates.waiting.value) return null;
  return (
    <div class="banner" role="status">
      <span>{say("common.updateWaits")}</span>
      <button type="button" class="button" onClick={() => location.reload()}>
        {say("common.reload")}
      </button>
    </div>
  );
}
