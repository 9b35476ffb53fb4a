import { useLayoutEffect, useRef } from "preact/hooks";
import { type Phrase, phrase } from "../../locales/phrase.ts";
import type { CameraTest, Looking } from "../../client/equipment/camera.ts";
import { useSay } from "../words.tsx";
import { Part, type PartState } from "./Part.tsx";
import { REFUSED_CAMERA } from "./refusals.ts";

/** The camera's picture, and the other cameras. */
export function CameraPart({ test }: { readonly test: CameraTest }) {
  const say = useSay();
  const state = test.state.value;
  const ok = test.result.value === "ok";
  return (
    <Part
      icon="camera"
      name={phrase("equipment.camera")}
      state={lookOf(state, ok)}
      text={textOf(state, ok)}
      actions={state.kind === "showing"
        ? (
          <button type="button" class="button" onClick={() => test.stop()}>
            {say("equipment.stop")}
          </button>
        )
        : (
          <button
            type="button"
            class="button"
            disabled={state.kind === "asking"}
            onClick={() => void test.start()}
          >
            {say("equipment.cameraTry")}
          </button>
        )}
    >
      {state.kind === "showing"
        ? <Preview stream={state.stream} onSeen={() => test.saw()} />
        : null}
      {state.kind === "showing" && test.cameras.value.length > 1 ? <Choice test={test} /> : null}
    </Part>
  );
}

function Preview({ stream, onSeen }: {
  readonly stream: MediaStream;
  readonly onSeen: () => void;
}) {
  const say = useSay();
  const video = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  const front = stream.getVideoTracks()[0]?.getSettings().facingMode !== "environment";
  return (
    <video
      ref={video}
      class={front ? "equipment-preview video-mirrored" : "equipment-preview"}
      aria-label={say("equipment.cameraPreview")}
      muted
      autoplay
      playsInline
      onLoadedData={onSeen}
    />
  );
}

function Choice({ test }: { readonly test: CameraTest }) {
  const say = useSay();
  return (
    <label class="equipment-choice field">
      <span>{say("equipment.cameraChoose")}</span>
      <select
        class="input"
        value={test.camera.value}
        onChange={({ currentTarget }) => void test.start(currentTarget.value)}
      >
        {test.cameras.value.map(({ id, label }, at) => (
          <option key={id} value={id}>
            {label === "" ? say("equipment.cameraNumber", { number: at + 1 }) : label}
          </option>
        ))}
      </select>
    </label>
  );
}

function lookOf(state: Looking, ok: boolean): PartState {
  switch (state.kind) {
    case "idle":
      return ok ? "good" : "open";
    case "asking":
      return "busy";
    case "showing":
      return state.seen ? "good" : "busy";
    case "refused":
      return "bad";
  }
}

function textOf(state: Looking, ok: boolean): Phrase | null {
  switch (state.kind) {
    case "idle":
      return ok ? phrase("equipment.cameraOk") : null;
    case "asking":
      return phrase("equipment.cameraAsking");
    case "showing":
      return state.seen ? phrase("equipment.cameraOk") : phrase("equipment.cameraOpening");
    case "refused":
      return REFUSED_CAMERA[state.why];
  }
}
