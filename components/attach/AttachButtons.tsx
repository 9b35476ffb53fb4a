import { useRef } from "preact/hooks";
import type { FileBox } from "../../client/attach/file_box.ts";
import { useSay } from "../words.tsx";
import { AttachIcon } from "./AttachIcon.tsx";

/** Chooses files; on a phone with a camera, takes a photo as well. */
export function AttachButtons({ box }: { readonly box: FileBox }) {
  const say = useSay();
  return (
    <div class="attach">
      <Picker box={box} icon="clip" label={say("files.attach")} camera={false} />
      {hasCameraApp()
        ? <Picker box={box} icon="photo" label={say("files.takePhoto")} camera />
        : null}
    </div>
  );
}

function Picker({ box, icon, label, camera }: {
  readonly box: FileBox;
  readonly icon: "clip" | "photo";
  readonly label: string;
  readonly camera: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        onClick={() => input.current?.click()}
      >
        <AttachIcon name={icon} />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!camera}
        accept={camera ? "image/*" : undefined}
        capture={camera ? "environment" : undefined}
        onChange={({ currentTarget }) => {
          box.add(currentTarget.files ?? []);
          // The same file may be chosen again, e.g. after it was removed.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Whether the browser opens a camera for a file input (W3C HTML Media Capture): phones, tablets. */
function hasCameraApp(): boolean {
  return "capture" in HTMLInputElement.prototype && matchMedia("(pointer: coarse)").matches;
}
