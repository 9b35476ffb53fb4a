/**
 * Live captions of the other side's voice, recognised on this device only: neither sound nor text
 * leaves it, and nothing is kept (S8).
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { caption, type Heard, NO_CAPTIONS } from "./caption_text.ts";
import {
  findSpeech,
  type SpeechApi,
  type SpeechErrorEvent,
  type SpeechRecogniser,
  type SpeechResultEvent,
} from "./speech.ts";
import type { CallCaptions, CaptionState } from "./types.ts";

/** Errors of a recogniser after which starting another one is of no use. */
const HOPELESS = ["language-not-supported", "not-allowed", "service-not-allowed"];
/** A recogniser ends at every longer pause. One that ended so often without a word has no more to say. */
const MAX_FRUITLESS = 20;

/** The captions of one call client. */
export class Captions implements CallCaptions {
  readonly #state = signal<CaptionState>({ kind: "off" });
  readonly #languages = signal<readonly string[]>([]);
  readonly #voice: ReadonlySignal<MediaStream | null>;
  readonly #api: SpeechApi | null;
  #stop: () => void = () => {};

  /** @param voice what is to be captioned: the other side's voice of the moment. */
  constructor(
    voice: ReadonlySignal<MediaStream | null>,
    api: SpeechApi | null = findSpeech(),
  ) {
    this.#voice = voice;
    this.#api = api;
  }

  get state(): ReadonlySignal<CaptionState> {
    return this.#state;
  }

  get languages(): ReadonlySignal<readonly string[]> {
    return this.#languages;
  }

  async look(tags: readonly string[]): Promise<void> {
    const api = this.#api;
    if (api === null) return;
    const found = await Promise.all(tags.map(async (tag) => {
      const availability = await availabilityOf(api, tag);
      return availability === "unavailable" ? [] : [tag];
    }));
    this.#languages.value = found.flat();
  }

  async turnOn(language: string): Promise<void> {
    const api = this.#api;
    if (api === null) return;
    this.turnOff();
    let wanted = true;
    this.#stop = () => wanted = false;
    this.#state.value = { kind: "preparing", language };
    const ready = await install(api, language);
    if (!wanted) return;
    if (!ready) this.#fail();
    else this.#follow(api, language);
  }

  turnOff(): void {
    this.#stop();
    this.#stop = () => {};
    this.#state.value = { kind: "off" };
  }

  #fail(): void {
    this.turnOff();
    this.#state.value = { kind: "failed" };
  }

  /** Listens to whatever track the voice comes by: a reconnected call has another one. */
  #follow(api: SpeechApi, language: string): void {
    this.#state.value = { kind: "on", language, text: NO_CAPTIONS };
    this.#stop = effect(() => {
      const [track] = this.#voice.value?.getAudioTracks() ?? [];
      return track === undefined ? undefined : this.#listen(api, language, track);
    });
  }

  /** Recognises one track, with one recogniser after the other; returns what stops that. */
  #listen(api: SpeechApi, language: string, track: MediaStreamTrack): () => void {
    const over = new AbortController();
    let fruitless = 0;
    const next = () => {
      const recogniser = makeRecogniser(api, language);
      const done = () => {
        recogniser.abort();
        over.signal.removeEventListener("abort", done);
      };
      over.signal.addEventListener("abort", done);
      recogniser.addEventListener("result", (event) => {
        fruitless = 0;
        if (!over.signal.aborted) this.#hear(language, event as SpeechResultEvent);
      });
      recogniser.addEventListener("error", (event) => {
        if (over.signal.aborted) return;
        const { error } = event as SpeechErrorEvent;
        if (error === "no-speech") fruitless = 0;
        if (HOPELESS.includes(error)) this.#fail();
      });
      recogniser.addEventListener("end", () => {
        over.signal.removeEventListener("abort", done);
        if (over.signal.aborted || track.readyState === "ended") return;
        if (++fruitless > MAX_FRUITLESS) this.#fail();
        else next();
      });
      try {
        recogniser.start(track);
      } catch {
        // It takes no track: an older implementation hears only the microphone. Said later, because
        // there is nothing to stop before this returns.
        queueMicrotask(() => over.signal.aborted || this.#fail());
      }
    };
    next();
    return () => over.abort();
  }

  #hear(language: string, { resultIndex, results }: SpeechResultEvent): void {
    const state = this.#state.peek();
    if (state.kind !== "on") return;
    const heard: Heard[] = Array.from(results).slice(resultIndex).map((result) => ({
      text: result[0]?.transcript ?? "",
      final: result.isFinal,
    }));
    this.#state.value = { kind: "on", language, text: caption(state.text, heard) };
  }
}

function makeRecogniser(api: SpeechApi, language: string): SpeechRecogniser {
  const recogniser = new api();
  recogniser.lang = language;
  recogniser.continuous = true;
  recogniser.interimResults = true;
  recogniser.processLocally = true;
  return recogniser;
}

async function availabilityOf(api: SpeechApi, language: string) {
  try {
    return await api.available({ langs: [language], processLocally: true });
  } catch {
    return "unavailable"; // Forbidden by a permissions policy.
  }
}

/** Gets the language onto the device; false: it cannot be had. */
async function install(api: SpeechApi, language: string): Promise<boolean> {
  try {
    if (await availabilityOf(api, language) === "available") return true;
    return await api.install({ langs: [language] });
  } catch {
    return false;
  }
}
