/** Live captions: what they show, and how recognisers come and go. */
import { assert, assertEquals } from "@std/assert";
import { signal } from "@preact/signals";
import fc from "fast-check";
import {
  caption,
  type Heard,
  KEPT_SENTENCES,
  MAX_LENGTH,
  NO_CAPTIONS,
} from "../../client/call/caption_text.ts";
import { Captions } from "../../client/call/captions.ts";
import {
  findSpeech,
  type SpeechApi,
  type SpeechAvailability,
  type SpeechRecogniser,
} from "../../client/call/speech.ts";

const heard = (text: string, final = false): Heard => ({ text, final });

Deno.test("captions show the sentence being spoken below the last finished ones", () => {
  let now = caption(NO_CAPTIONS, [heard("press the"), heard(" green")]);
  assertEquals(now, { sentences: [], current: "press the green" });
  now = caption(now, [heard("Press the green button.", true)]);
  assertEquals(now, { sentences: ["Press the green button."], current: "" });
  now = caption(now, [heard("Now wait.", true), heard("It")]);
  now = caption(now, [heard("It blinks.", true)]);
  assertEquals(now, { sentences: ["Now wait.", "It blinks."], current: "" });
});

Deno.test("captions stay short and never hold an empty sentence, whatever is heard", () => {
  const anything = fc.array(
    fc.record({ text: fc.string({ maxLength: 400 }), final: fc.boolean() }),
  );
  fc.assert(fc.property(fc.array(anything), (events) => {
    const { sentences, current } = events.reduce(caption, NO_CAPTIONS);
    assert(sentences.length <= KEPT_SENTENCES);
    for (const text of [...sentences, current]) assert(text.length <= 2 * MAX_LENGTH + 1);
    for (const text of sentences) assert(text.trim() !== "");
  }));
});

/** The browser's recogniser, as far as a test can make one. */
class FakeRecogniser extends EventTarget implements SpeechRecogniser {
  static made: FakeRecogniser[] = [];
  static availability: SpeechAvailability = "available";
  static installs = true;
  static available(): Promise<SpeechAvailability> {
    return Promise.resolve(this.availability);
  }
  static install(): Promise<boolean> {
    return Promise.resolve(this.installs);
  }
  lang = "";
  continuous = false;
  interimResults = false;
  track: MediaStreamTrack | null = null;
  aborted = false;
  #local = false;

  get processLocally(): boolean {
    return this.#local;
  }
  set processLocally(local: boolean) {
    this.#local = local;
  }
  start(track: MediaStreamTrack): void {
    FakeRecogniser.made.push(this);
    this.track = track;
  }
  abort(): void {
    this.aborted = true;
  }
  say(text: string, isFinal: boolean): void {
    const results = [Object.assign([{ transcript: text }], { isFinal })];
    this.dispatchEvent(Object.assign(new Event("result"), { resultIndex: 0, results }));
  }
  fail(error: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { error }));
    this.dispatchEvent(new Event("end"));
  }
}

/** A voice that comes by the track of this name. */
function voiceOf(id: string): MediaStream {
  const track = { id, kind: "audio", readyState: "live" } as MediaStreamTrack;
  return { getAudioTracks: () => [track] } as MediaStream;
}

function setUp(availability: SpeechAvailability = "available", installs = true) {
  FakeRecogniser.made = [];
  FakeRecogniser.availability = availability;
  FakeRecogniser.installs = installs;
  const voice = signal<MediaStream | null>(voiceOf("first"));
  const api: SpeechApi = FakeRecogniser;
  const captions = new Captions(voice, api);
  const last = () => {
    const recogniser = FakeRecogniser.made.at(-1);
    assert(recogniser !== undefined);
    return recogniser;
  };
  return { voice, captions, last };
}

Deno.test("captions follow the voice through pauses and reconnected calls, on this device only", async () => {
  const { voice, captions, last } = setUp();
  await captions.turnOn("de");
  const first = last();
  assertEquals([first.lang, first.processLocally, first.track?.id], ["de", true, "first"]);
  first.say("Guten Tag.", true);
  first.dispatchEvent(new Event("end"));
  assert(last() !== first);

  voice.value = voiceOf("second");
  assertEquals(last().track?.id, "second");
  last().say("Hallo", false);
  const state = captions.state.value;
  assertEquals(state.kind === "on" && state.text, { sentences: ["Guten Tag."], current: "Hallo" });

  const final = last();
  captions.turnOff();
  assert(final.aborted);
  final.say("too late", true);
  assertEquals(captions.state.value, { kind: "off" });
});

Deno.test("captions that cannot be had say so and start nothing more", async () => {
  const missing = setUp("downloadable", false);
  await missing.captions.turnOn("ja");
  assertEquals([missing.captions.state.value.kind, FakeRecogniser.made.length], ["failed", 0]);

  const refused = setUp();
  await refused.captions.turnOn("en");
  refused.last().fail("not-allowed");
  assertEquals([refused.captions.state.value.kind, FakeRecogniser.made.length], ["failed", 1]);

  const broken = setUp();
  await broken.captions.turnOn("en");
  while (broken.captions.state.value.kind === "on") broken.last().fail("network");
  assert(FakeRecogniser.made.length < 50);
  assertEquals(broken.captions.state.value.kind, "failed");
});

Deno.test("captions are offered where the browser recognises speech on the device, and nowhere else", async () => {
  assertEquals(findSpeech({}), null);
  class Remote extends EventTarget {}
  assertEquals(findSpeech({ webkitSpeechRecognition: Remote }), null);
  assertEquals(findSpeech({ SpeechRecognition: FakeRecogniser }), FakeRecogniser);
  const offered = async (captions: Captions) => {
    await captions.look(["en", "ar"]);
    return captions.languages.value;
  };
  assertEquals(await offered(new Captions(signal(null), null)), []);
  assertEquals(await offered(setUp("downloadable").captions), ["en", "ar"]);
  assertEquals(await offered(setUp("unavailable").captions), []);
});
