import type { Section } from "../message.ts";

/** Live captions of a call. */
export const captions = {
  captions: "Captions",
  language: "Spoken language",
  preparing: "Getting captions ready on this device…",
  listening: "Captions are on. They are made on this device and kept nowhere.",
  failed: "This browser cannot make captions for that language.",
} as const satisfies Section;
