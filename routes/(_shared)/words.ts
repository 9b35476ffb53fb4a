/** The words an island is given: those it says, in the language of the request. */
import { wordsFor } from "../../locales/catalogues.ts";
import { PAGE_SECTIONS } from "../../locales/pages.ts";
import type { Speaker, Words } from "../../locales/speaker.ts";

/** The prop `words` of `island`. */
export function wordsOf(island: keyof typeof PAGE_SECTIONS, speaker: Speaker): Words {
  return wordsFor(speaker, PAGE_SECTIONS[island]);
}
