/** The parts of a check of the equipment, as pure state machines. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { seenResult } from "../../client/equipment/camera.ts";
import {
  hear,
  heardResult,
  type Hearing,
  type HearingEvent,
  NOT_TRIED,
} from "../../client/equipment/hearing.ts";
import { soundResult, SpeakerTest } from "../../client/equipment/speaker.ts";
import { captureCause } from "../../client/user_media.ts";

const VOICE = 0.1;
const ROOM = 0.001;

function after(...events: HearingEvent[]): Hearing {
  return events.reduce(hear, NOT_TRIED);
}

function levels(rms: number, from: number, to: number): HearingEvent[] {
  const count = Math.floor((to - from) / 100);
  return Array.from({ length: count }, (_, n) => ({ kind: "measured", rms, at: from + n * 100 }));
}

const OPENED: HearingEvent = { kind: "opened", at: 0 };

Deno.test("a microphone that hears a voice works, one that hears a room for long is silent", () => {
  assertEquals(heardResult(after({ kind: "asked" }, OPENED)), "untested");
  assertEquals(heardResult(after(OPENED, ...levels(VOICE, 0, 500))), "ok");
  assertEquals(heardResult(after(OPENED, ...levels(ROOM, 0, 2_000))), "untested");
  const silent = [OPENED, ...levels(ROOM, 0, 7_000)];
  assertEquals(heardResult(after(...silent)), "silent");
  assertEquals(heardResult(after(...silent, ...levels(VOICE, 7_000, 7_500))), "ok", "late is fine");
  assertEquals(heardResult(after(OPENED, ...levels(VOICE, 0, 100))), "untested", "a click");
});

Deno.test("a microphone that is refused or unplugged says so, and can be tried again", () => {
  const refused = after({ kind: "asked" }, { kind: "refused", why: "denied" });
  assertEquals(heardResult(refused), "denied");
  assertEquals(heardResult(hear(refused, { kind: "measured", rms: 1, at: 1 })), "denied");
  assertEquals(heardResult(after(OPENED, { kind: "gone" })), "missing");
  assertEquals(hear(refused, { kind: "asked" }), { kind: "asking" });
});

Deno.test("a level is always between nothing and all, and a verdict never gets worse", () => {
  const rms = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(fc.array(rms, { maxLength: 100 }), (all) => {
    let state = after(OPENED);
    let ok = false;
    all.forEach((rms, n) => {
      state = hear(state, { kind: "measured", rms, at: n * 200 });
      if (state.kind !== "listening") throw new Error(state.kind);
      assertEquals(state.level >= 0 && state.level <= 1, true);
      assertEquals(ok && state.verdict !== "ok", false);
      ok = state.verdict === "ok";
    });
  }));
});

Deno.test("errors of getUserMedia, and answers, in the words of the report", () => {
  assertEquals(
    ["NotAllowedError", "SecurityError", "NotFoundError", "OverconstrainedError", "AbortError"]
      .map((name) => captureCause(new DOMException("", name))),
    ["denied", "denied", "missing", "missing", "busy"],
  );
  assertEquals(seenResult({ kind: "asking" }), "untested");
  assertEquals(seenResult({ kind: "refused", why: "busy" }), "busy");
  assertEquals((["idle", "playing", "played", "heard", "unheard"] as const).map(soundResult), [
    "untested",
    "untested",
    "untested",
    "heard",
    "unheard",
  ]);
});

Deno.test("a speaker that never begins to play is asked about all the same", () => {
  const { setTimeout } = globalThis;
  const before = Object.getOwnPropertyDescriptor(globalThis, "AudioContext");
  // As Firefox is where a device has no sound.
  class Silent {
    resume = () => new Promise(() => {});
    close = () => Promise.resolve();
  }
  Object.defineProperty(globalThis, "AudioContext", { value: Silent, configurable: true });
  const waits: (() => void)[] = [];
  Object.assign(globalThis, { setTimeout: (then: () => void) => waits.push(then) });
  try {
    const test = new SpeakerTest();
    void test.play();
    assertEquals([test.state.value, waits.length], ["playing", 1]);
    waits[0]?.();
    assertEquals(test.state.value, "played");
    test.answer(false);
    assertEquals(soundResult(test.state.value), "unheard");
  } finally {
    Object.assign(globalThis, { setTimeout });
    if (before === undefined) Reflect.deleteProperty(globalThis, "AudioContext");
    else Object.defineProperty(globalThis, "AudioContext", before);
  }
});
