import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { unreachable } from "../../../protocol/errors.ts";
import type { Presenter } from "../../../client/call/show/presenter.ts";
import { canCopyImages, copyImage } from "../../../client/call/show/clipboard.ts";
import { useSay, useSpeaker } from "../../words.tsx";

/** What became of the snapshot the technician asked for. */
export function SnapshotView({ show }: { readonly show: Presenter }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const snapshot = show.snapshot.value;
  const drop = () => show.dropSnapshot();
  switch (snapshot.kind) {
    case "none":
      return null;
    case "asked":
      return <Note text={say("show.asking")} button={say("show.cancel")} onDone={drop} />;
    case "coming": {
      const share = show.progress.value.get(snapshot.id) ?? 0;
      const text = say("show.coming", { percent: speaker.percent(share) });
      return <Note text={text} button={say("show.cancel")} onDone={drop} />;
    }
    case "ready":
      return <Ready image={snapshot.image} onDone={drop} />;
    case "refused":
    case "failed":
      return <Note text={say(`show.${snapshot.kind}`)} button={say("show.done")} onDone={drop} />;
    default:
      return unreachable(snapshot);
  }
}

function Note({ text, button, onDone }: {
  readonly text: string;
  readonly button: string;
  readonly onDone: () => void;
}) {
  return (
    <div class="show-request">
      <p role="status">{text}</p>
      <div class="show-answers">
        <button type="button" class="button" onClick={onDone}>{button}</button>
      </div>
    </div>
  );
}

function Ready({ image, onDone }: { readonly image: Blob; readonly onDone: () => void }) {
  const say = useSay();
  const address = useSignal<string | null>(null);
  const copied = useSignal(false);
  useEffect(() => {
    const made = URL.createObjectURL(image);
    address.value = made;
    return () => URL.revokeObjectURL(made);
  }, [image]);
  return (
    <div class="show-request">
      <p role="status">{copied.value ? say("show.copied") : say("show.ready")}</p>
      <div class="show-answers">
        {address.value === null
          ? null
          : (
            <a class="button button-primary" href={address.value} download="snapshot.jpg">
              {say("show.save")}
            </a>
          )}
        {canCopyImages()
          ? (
            <button
              type="button"
              class="button"
              onClick={async () => copied.value = await copyImage(image)}
            >
              {say("show.copy")}
            </button>
          )
          : null}
        <button type="button" class="button" onClick={onDone}>{say("show.done")}</button>
      </div>
    </div>
  );
}
