import { useEffect } from "preact/hooks";
import type { CallClient } from "../../client/call/types.ts";
import { Icon } from "../Icon.tsx";
import { useSay } from "../words.tsx";

/** How long it is said, in milliseconds. */
const SAID_FOR = 8_000;

/** Says that the output in use was unplugged, and where the sound went. */
export function OutputLost({ client }: { readonly client: CallClient }) {
  const say = useSay();
  const lost = client.outputLost.value;
  const dismiss = () => client.outputLost.value = null;
  useEffect(() => {
    if (lost === null) return;
    const timer = setTimeout(dismiss, SAID_FOR);
    return () => clearTimeout(timer);
  }, [lost]);
  if (lost === null) return null;
  return (
    <div class="said said-inline" role="status">
      <span>
        {lost.label === null ? say("sound.lostUnnamed") : say("sound.lost", { name: lost.label })}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={say("common.dismiss")}
        onClick={dismiss}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
