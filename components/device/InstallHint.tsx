import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";

/** The event by which some browsers offer to install a page (not in every browser, nor in TypeScript). */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Says, modestly, how to get back to this page: nothing where it is installed already. */
export function InstallHint() {
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
    <footer class="agent-foot">
      <p>Keep this page open so that a technician can reach you.</p>
      {value === null
        ? <p>Tip: your browser's menu can add it to the home screen.</p>
        : (
          <button type="button" class="button" onClick={() => void value.prompt()}>
            Add to home screen
          </button>
        )}
    </footer>
  );
}
