import type { Section } from "../message.ts";

/** Where the sound of a call comes out, and the call over other windows. */
export const sound = {
  speaker: "Speaker",
  earpiece: "Earpiece",
  headset: "Headset",
  another: "Another output…",
  lost: "{name} was disconnected. Sound now comes out where the system chooses.",
  lostUnnamed: "The audio output was disconnected. Sound now comes out where the system chooses.",
  pip: "Picture in picture",
} as const satisfies Section;
