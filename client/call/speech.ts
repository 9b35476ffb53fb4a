/**
 * On-device speech recognition as far as this project uses it (Web Speech API, with `processLocally`
 * and `start(MediaStreamTrack)`): not in every browser, nor in TypeScript. The kind that sends the
 * sound to somebody's server is never used.
 */

/** Whether a language can be recognised on this device. */
export type SpeechAvailability = "unavailable" | "downloadable" | "downloading" | "available";

interface Alternative {
  readonly transcript: string;
}

/** The event of new or corrected text. */
export interface SpeechResultEvent extends Event {
  /** The first of `results` that changed. */
  readonly resultIndex: number;
  readonly results: ArrayLike<ArrayLike<Alternative> & { readonly isFinal: boolean }>;
}

/** The event of a failure; the recogniser ends after it. */
export interface SpeechErrorEvent extends Event {
  readonly error: string;
}

/** A recogniser. */
export interface SpeechRecogniser extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally: boolean;
  start(track: MediaStreamTrack): void;
  abort(): void;
}

/** The class of recognisers. */
export interface SpeechApi {
  new (): SpeechRecogniser;
  available(
    options: { langs: string[]; processLocally: true },
  ): Promise<SpeechAvailability>;
  /** Downloads a language; false: it could not be had. */
  install(options: { langs: string[] }): Promise<boolean>;
}

/** The browser's recognisers; null: it has none, or none that work on the device. */
export function findSpeech(scope: object = globalThis): SpeechApi | null {
  for (const name of ["SpeechRecognition", "webkitSpeechRecognition"]) {
    const found: unknown = Reflect.get(scope, name);
    if (isLocal(found)) return found;
  }
  return null;
}

function isLocal(found: unknown): found is SpeechApi {
  return typeof found === "function" && "available" in found && "install" in found &&
    typeof found.prototype === "object" && "processLocally" in found.prototype;
}
