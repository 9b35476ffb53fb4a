import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { useSay } from "../words.tsx";

/** The event by which some browsers offer to install a page (not in every browser, nor in TypeScript). */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Says, modestly, how to get back to this page: nothing where it is installed already. */
export function InstallHint() {
  const say = useSay();
  const offer = useSignal<InstallOffer | null>(null);
  const installed = useSignal(true);
  useEffect(() => {
    installed.value = matchMedia("(display-mode: standalone)").matches;
    const offered = (event: Event) => {
      event.preventDefault();
      offer.value = event as InstallOffer;
    };
    const done = () => installed.value = true;
    addEventListener("beforeinstallprompt", offered);
    addEventListener("appinstalled", done);
    return () => {
      removeEventListener("beforeinstallprompt", offered);
      removeEventListener("appinstalled", done);
    };
  }, []);
  if (installed.value) return null;
  const { value } = offer;
  return (
    <div class="agent-hint">
      <p>
        <span class="keep-open">{say("device.keepOpen")}</span>{" "}
        {value === null ? say("device.installTip") : null}
      </p>
      {value === null
        ? null
        : (
          <button type="button" class="button button-small" onClick={() => void value.prompt()}>
            {say("device.install")}
          </button>
        )}
    </div>
  );
}
