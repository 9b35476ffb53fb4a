import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { FileBox } from "../../client/attach/file_box.ts";
import { useSay } from "../words.tsx";
import { AttachIcon } from "./AttachIcon.tsx";

/** Lets files be dropped on the element it is in, and says so while some are held over it. */
export function DropZone({ box }: { readonly box: FileBox }) {
  const say = useSay();
  const over = useSignal(false);
  const mark = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = mark.current?.parentElement;
    return place
      ? takeDrops(place, (held) => over.value = held, (files) => box.add(files))
      : undefined;
  }, [box]);
  return (
    <div ref={mark} class="drop" hidden={!over.value} aria-hidden="true">
      <p class="drop-words">
        <AttachIcon name="clip" /> {say("files.drop")}
      </p>
    </div>
  );
}

function takeDrops(
  place: HTMLElement,
  hold: (held: boolean) => void,
  take: (files: FileList) => void,
): () => void {
  const off = new AbortController();
  const { signal } = off;
  const isWithin = (event: DragEvent) =>
    event.target instanceof Node && place.contains(event.target);
  const held = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    // Beside the conversation a browser would open the file in place of the page.
    event.dataTransfer.dropEffect = isWithin(event) ? "copy" : "none";
    hold(isWithin(event));
  };
  addEventListener("dragover", held, { signal });
  addEventListener("dragenter", held, { signal });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) hold(false);
  }, { signal });
  addEventListener("drop", (event) => {
    hold(false);
    const files = event.dataTransfer?.files;
    if (files === undefined || files.length === 0) return;
    event.preventDefault();
    if (isWithin(event)) take(files);
  }, { signal });
  return () => off.abort();
}
