import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { duration } from "../../client/format.ts";

/** How long the call has lasted; `now` is the server's clock. */
export function CallTimer({ since, now }: { readonly since: number; readonly now: () => number }) {
  const shown = useSignal(duration(now() - since));
  useEffect(() => {
    const timer = setInterval(() => shown.value = duration(now() - since), 1000);
    return () => clearInterval(timer);
  }, [since]);
  return <time class="call-timer" aria-label="Length of the call">{shown}</time>;
}
