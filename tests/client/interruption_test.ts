/** When a carrier call interrupts a call, and how it goes on (M4). */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  due,
  type Interruption,
  type InterruptionEvent,
  interruptionStep,
  type Sign,
  UNINTERRUPTED,
} from "../../client/call/interruption.ts";
import { isSilenced, listen, type Look, UNHEARD } from "../../client/call/stillness.ts";

interface Timed {
  readonly at: number;
  readonly event: InterruptionEvent;
}

const sign = (sign: Sign, present = true): InterruptionEvent => ({ kind: "sign", sign, present });
const visible = (visible: boolean): InterruptionEvent => ({ kind: "visible", visible });
const TAPPED: InterruptionEvent = { kind: "tapped" };
const REACQUIRED: InterruptionEvent = { kind: "reacquired" };

/** Plays events at their times, with a clock that strikes whenever one is due in between. */
function play(events: readonly Timed[], until: number, from = UNINTERRUPTED): Interruption {
  let state = from;
  const strike = (now: number) => {
    for (let at = due(state); at !== null && at <= now; at = due(state)) {
      const next = interruptionStep(state, { kind: "clock" }, at);
      assert(next.phase !== state.phase, "a clock that strikes decides something");
      state = next;
    }
  };
  for (const { at, event } of events) {
    strike(at);
    state = interruptionStep(state, event, at);
  }
  strike(until);
  return state;
}

const phaseAfter = (until: number, ...events: [number, InterruptionEvent][]) =>
  play(events.map(([at, event]) => ({ at, event })), until).phase;

Deno.test("[M4] active -> interrupted -> resumable -> active, and only a tap leads back", () => {
  const call: [number, InterruptionEvent][] = [[10, sign("session")]];
  assertEquals(phaseAfter(10, ...call), "interrupted");
  call.push([20, sign("session", false)]);
  assertEquals(phaseAfter(1e9, ...call), "resumable");
  call.push([30, TAPPED]);
  assertEquals(phaseAfter(1e9, ...call), "resuming");
  call.push([40, REACQUIRED]);
  assertEquals(phaseAfter(1e9, ...call), "active");
});

Deno.test("[M4] a muted track counts after 2 s; a moment of it is a headset, not a call", () => {
  assertEquals(phaseAfter(2_009, [10, sign("track")]), "active");
  assertEquals(phaseAfter(2_010, [10, sign("track")]), "interrupted");
  assertEquals(phaseAfter(9_000, [10, sign("track")], [2_000, sign("track", false)]), "active");
});

Deno.test("[M4] an interrupted context counts at once with a muted track, alone after 1 s in view", () => {
  assertEquals(phaseAfter(11, [10, sign("track")], [11, sign("context")]), "interrupted");
  assertEquals(phaseAfter(1_009, [10, sign("context")]), "active");
  assertEquals(phaseAfter(1_010, [10, sign("context")]), "interrupted");
  const away: [number, InterruptionEvent][] = [[5, visible(false)], [10, sign("context")]];
  assertEquals(phaseAfter(1e9, ...away), "active", "iOS does that to every page in the background");
  const back: [number, InterruptionEvent] = [5_000, visible(true)];
  assertEquals(phaseAfter(9_000, ...away, back, [5_900, sign("context", false)]), "active");
  assertEquals(phaseAfter(6_000, ...away, back), "interrupted");
});

Deno.test("[M4] who comes back to the page can go on, though the system forgot the microphone", () => {
  const stuck: [number, InterruptionEvent][] = [[0, sign("track")], [3_000, visible(false)]];
  assertEquals(phaseAfter(9_000, ...stuck), "interrupted");
  assertEquals(phaseAfter(9_000, ...stuck, [8_000, visible(true)]), "resumable");
  const still: [number, InterruptionEvent] = [4_000, sign("session")];
  assertEquals(phaseAfter(9_000, ...stuck, still, [8_000, visible(true)]), "interrupted");
});

Deno.test("[M4] a tap in vain leaves the call interrupted; one may tap at any time", () => {
  const early: [number, InterruptionEvent][] = [[0, sign("session")], [5, TAPPED]];
  assertEquals(phaseAfter(9, ...early, [6, REACQUIRED]), "interrupted");
  assertEquals(phaseAfter(9, ...early, [6, sign("session", false)], [7, REACQUIRED]), "active");
  const again: [number, InterruptionEvent][] = [...early, [6, sign("session", false)]];
  assertEquals(phaseAfter(99, ...again, [7, sign("session")], [8, REACQUIRED]), "interrupted");
  assertEquals(phaseAfter(9, [0, TAPPED], [1, REACQUIRED]), "active");
});

const event: fc.Arbitrary<InterruptionEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("sign" as const),
    sign: fc.constantFrom<Sign[]>("session", "context", "track", "silence"),
    present: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("visible" as const), visible: fc.boolean() }),
  fc.constant(TAPPED),
  fc.constant(REACQUIRED),
);
const history: fc.Arbitrary<Timed[]> = fc.array(
  fc.record({ gap: fc.nat(3_000), event }),
  { maxLength: 40, size: "max" },
).map((steps) => {
  let at = 0;
  return steps.map(({ gap, event }) => ({ at: at += gap, event }));
});

Deno.test("[M4] whatever happens: no way back without a tap, and always a way back", () => {
  fc.assert(
    fc.property(history, (events) => {
      let state = UNINTERRUPTED;
      let at = 0;
      for (const one of events) {
        const next = play([one], one.at, state);
        const { phase } = next;
        if (state.phase !== "active" && phase === "active") assertEquals(one.event, REACQUIRED);
        if (phase === "active") assertEquals(next.signs.session ?? next.signs.silence, undefined);
        if (phase === "resumable") assert((due(next) ?? Infinity) > one.at);
        [state, at] = [next, one.at];
      }
      const clear = (["session", "context", "track", "silence"] as const).map((one) => ({
        at,
        event: sign(one, false),
      }));
      const end = [...clear, { at, event: TAPPED }, { at, event: REACQUIRED }];
      assertEquals(play(end, at + 1e6, state).phase, "active");
    }),
    { numRuns: 500 },
  );
});

const looks = (...all: Look[]) => isSilenced(all.reduce(listen, UNHEARD));
/** `count` looks at a microphone whose energy grows from `from`, or stays there. */
const talks = (count: number, visible: boolean, from = 0) =>
  Array.from({ length: count }, (_, i): Look => ({ energy: from + i, visible }));
const rests = (count: number, visible: boolean, energy: number) =>
  Array.from({ length: count }, (): Look => ({ energy, visible }));

Deno.test("[M4] a microphone that gave sound and is dead silent in the background was taken away", () => {
  const known = talks(12, true);
  assert(looks(...known, ...rests(6, false, 11)));
  assert(!looks(...known, ...rests(4, false, 11)), "a pause proves nothing");
  assert(!looks(...known, ...rests(6, false, 11), { energy: 12, visible: false }));
  assert(!looks(...talks(5, true), ...rests(60, false, 4)), "too little is known of it");
});

Deno.test("[M4] a microphone that is also silent in view is one with a switch or a filter", () => {
  const filtered = [...talks(12, true), ...rests(6, true, 11), ...talks(12, true, 12)];
  assert(!looks(...filtered, ...rests(60, false, 23)));
});

Deno.test("[M4] the person's own mute is not heard as silence", () => {
  const muted: Look[] = Array.from({ length: 60 }, () => ({ energy: null, visible: false }));
  assert(!looks(...talks(12, true), ...muted));
  assert(!looks(...talks(12, true), ...rests(3, false, 11), ...muted, ...rests(4, false, 11)));
});
