import { type Phrase, phrase } from "../../locales/phrase.ts";
import type { Sounding, SpeakerTest } from "../../client/equipment/speaker.ts";
import { useSay } from "../words.tsx";
import { Part, type PartState } from "./Part.tsx";

/** A test sound, and the question whether it was heard. */
export function SpeakerPart({ test }: { readonly test: SpeakerTest }) {
  const say = useSay();
  const state = test.state.value;
  return (
    <Part
      icon="speaker"
      name={phrase("equipment.speaker")}
      state={LOOKS[state]}
      text={TEXTS[state]}
      actions={state === "played"
        ? (
          <>
            <button type="button" class="button" onClick={() => test.answer(true)}>
              {say("equipment.yes")}
            </button>
            <button type="button" class="button" onClick={() => test.answer(false)}>
              {say("equipment.no")}
            </button>
          </>
        )
        : (
          <button
            type="button"
            class="button"
            disabled={state === "playing"}
            onClick={() => void test.play()}
          >
            {say("equipment.speakerTry")}
          </button>
        )}
    />
  );
}

const LOOKS: Readonly<Record<Sounding, PartState>> = {
  idle: "open",
  playing: "busy",
  played: "busy",
  heard: "good",
  unheard: "bad",
};

const TEXTS: Readonly<Record<Sounding, Phrase | null>> = {
  idle: null,
  playing: phrase("equipment.speakerPlaying"),
  played: phrase("equipment.speakerAsk"),
  heard: phrase("equipment.speakerHeard"),
  unheard: phrase("equipment.speakerUnheard"),
};
