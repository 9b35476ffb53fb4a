import { type Phrase, phrase } from "../../locales/phrase.ts";
import type { Hearing } from "../../client/equipment/hearing.ts";
import type { MicrophoneTest } from "../../client/equipment/microphone.ts";
import { useSay } from "../words.tsx";
import { Part, type PartState } from "./Part.tsx";
import { REFUSED_MICROPHONE } from "./refusals.ts";

/** The microphone's live level, and whether a voice was heard. */
export function MicrophonePart({ test }: { readonly test: MicrophoneTest }) {
  const say = useSay();
  const state = test.state.value;
  const listening = state.kind === "listening";
  return (
    <Part
      icon="mic"
      name={phrase("equipment.microphone")}
      state={lookOf(state, test.result.value === "ok")}
      text={textOf(state, test.result.value === "ok")}
      actions={listening
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
            {say("equipment.microphoneTry")}
          </button>
        )}
    >
      {listening
        ? (
          <meter
            class="equipment-level"
            aria-label={say("equipment.level")}
            min={0}
            max={1}
            value={state.level}
          />
        )
        : null}
    </Part>
  );
}

function lookOf(state: Hearing, ok: boolean): PartState {
  if (state.kind === "refused") return "bad";
  if (state.kind === "asking") return "busy";
  if (state.kind === "idle") return ok ? "good" : "open";
  if (state.verdict === null) return "busy";
  return state.verdict === "ok" ? "good" : "bad";
}

function textOf(state: Hearing, ok: boolean): Phrase | null {
  switch (state.kind) {
    case "idle":
      return ok ? phrase("equipment.microphoneOk") : null;
    case "asking":
      return phrase("equipment.microphoneAsking");
    case "refused":
      return REFUSED_MICROPHONE[state.why];
    case "listening":
      if (state.verdict === "ok") return phrase("equipment.microphoneOk");
      return state.verdict === "silent"
        ? phrase("equipment.microphoneSilent")
        : phrase("equipment.microphoneSpeak");
  }
}
