import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { useSpeaker } from "../words.tsx";

/** How long the call has lasted; `now` is the server's clock. */
export function CallTimer({ since, now }: { readonly since: number; readonly now: () => number }) {
  const speaker = useSpeaker();
  const shown = useSignal(speaker.duration(now() - since));
  useEffect(() => {
    const timer = setInterval(() => shown.value = speaker.duration(now() - since), 1000);
    return () => clearInterval(timer);
  }, [since]);
  return <time class="call-timer" aria-label={speaker.say("call.length")}>{shown}</time>;
}
