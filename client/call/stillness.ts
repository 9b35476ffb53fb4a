/**
 * Whether a microphone has fallen dead silent in the background: what remains to notice where a
 * system silences a page during a carrier call without a word (Android). Pure.
 *
 * A living microphone always gives some noise, but noise suppression, a mute switch or a headset may
 * swallow all of it. So silence only counts for a microphone that was never silent in the foreground.
 */

/** What is known of the microphone in use; begin with {@link UNHEARD}. */
export interface Stillness {
  /** Its energy so far (W3C webrtc-stats, totalAudioEnergy); null: not looked at, or muted. */
  readonly energy: number | null;
  /** How many looks at it in the foreground found sound. */
  readonly sounded: number;
  /** How many looks in a row found none. */
  readonly still: number;
  /** It was just as silent in the foreground, where nobody interrupted it. */
  readonly proneToSilence: boolean;
}

/** One look at the microphone, once a second. */
export interface Look {
  /** Null: nothing to be heard, e.g. because it is muted. */
  readonly energy: number | null;
  readonly visible: boolean;
}

/** A microphone that was not heard yet. */
export const UNHEARD: Stillness = { energy: null, sounded: 0, still: 0, proneToSilence: false };

/** Looks it takes to know a microphone. */
const KNOWN_AFTER = 10;
/** Looks without any sound that no living microphone has. */
const SILENT_AFTER = 5;

/** What is known after another look. */
export function listen(known: Stillness, { energy, visible }: Look): Stillness {
  if (energy === null || known.energy === null) return { ...known, energy, still: 0 };
  const sound = energy > known.energy;
  const still = sound ? 0 : known.still + 1;
  return {
    energy,
    still,
    sounded: known.sounded + (sound && visible ? 1 : 0),
    proneToSilence: known.proneToSilence || (visible && still >= SILENT_AFTER),
  };
}

/** Whether something took the sound away. */
export function isSilenced({ sounded, still, proneToSilence }: Stillness): boolean {
  return !proneToSilence && sounded >= KNOWN_AFTER && still >= SILENT_AFTER;
}
