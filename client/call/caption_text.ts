/** What captions show, as a pure function of what was recognised. */

/** So many finished sentences stay in sight above the one being spoken. */
export const KEPT_SENTENCES = 2;
/** A caption is read at a glance: of a longer one the end counts. */
export const MAX_LENGTH = 200;

/** A stretch of speech as a recogniser reports it (Web Speech API, SpeechRecognitionResult). */
export interface Heard {
  readonly text: string;
  /** It will not be corrected any more. */
  readonly final: boolean;
}

/** The captions on the screen. */
export interface CaptionText {
  /** Finished sentences, oldest first. */
  readonly sentences: readonly string[];
  /** What is being said; empty in a pause. */
  readonly current: string;
}

/** Nothing was said yet. */
export const NO_CAPTIONS: CaptionText = { sentences: [], current: "" };

/** The captions after the recogniser reported `heard`, which replaces what it said last of the current sentence. */
export function caption(before: CaptionText, heard: readonly Heard[]): CaptionText {
  const sentences = [...before.sentences];
  let current = "";
  for (const { text, final } of heard) {
    const clean = text.trim().replace(/\s+/g, " ");
    if (clean === "") continue;
    if (final) sentences.push(shortened(clean));
    else current = current === "" ? clean : `${current} ${clean}`;
  }
  return { sentences: sentences.slice(-KEPT_SENTENCES), current: shortened(current) };
}

/** The end of a long text, from a word's beginning on where the language has spaces. */
function shortened(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const end = [...text].slice(-MAX_LENGTH).join("");
  const space = end.indexOf(" ");
  return `…${space >= 0 && space < MAX_LENGTH / 2 ? end.slice(space + 1) : end}`;
}
