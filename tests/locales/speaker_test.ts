import { assertEquals, assertStringIncludes } from "@std/assert";
import { speakerOf } from "../../locales/catalogues.ts";
import { phrase } from "../../locales/phrase.ts";
import { directionOf, Speaker } from "../../locales/speaker.ts";

const english = speakerOf("en", "en-US");

/** Speaks a language of which only what a test says is there. */
function speaker(locale: string, conversation: Record<string, string | { other: string }>) {
  return new Speaker({ locale, region: locale, languages: [], sections: { conversation } });
}

Deno.test("a message says its values, a phrase within it, and its plural form", () => {
  const { say } = english;
  assertEquals(say("call.calling", { name: "Till 4" }), "Calling Till 4…");
  assertEquals(say("conversation.left", { count: 1 }), "1 character left");
  assertEquals(say("conversation.left", { count: 1200 }), "1,200 characters left");
  const inner = phrase("errors.text_off");
  assertEquals(
    say(phrase("conversation.notSent", { reason: inner })),
    "Not sent. Text is switched off.",
  );
});

Deno.test("values are put in as they are: no value is read as a placeholder", () => {
  assertEquals(english.say("call.calling", { name: "{name} $& $1" }), "Calling {name} $& $1…");
});

Deno.test("a language has the plural forms of its own", () => {
  const forms = { zero: "z", one: "1", two: "2", few: "f", many: "m", other: "o" };
  const { say } = speaker("ar", { left: forms });
  const said = [0, 1, 2, 5, 11, 100].map((count) => say("conversation.left", { count }));
  assertEquals(said, ["z", "1", "2", "f", "m", "o"]);
  assertEquals(speaker("ja", { left: { other: "o" } }).say("conversation.left", { count: 1 }), "o");
});

Deno.test("a name in the other direction stays apart from its sentence (UAX #9)", () => {
  assertEquals(english.say("call.calling", { name: "שלום" }), "Calling \u2068שלום\u2069…");
  const arabic = speaker("ar", { notSent: "{reason} !" });
  assertEquals(arabic.direction, "rtl");
  assertEquals(arabic.say("conversation.notSent", { reason: "Till 4" }), "\u2068Till 4\u2069 !");
  assertEquals(["ar-EG", "he", "en", "ja"].map(directionOf), ["rtl", "rtl", "ltr", "ltr"]);
});

Deno.test("elements take their places in a sentence", () => {
  const [device, time] = [{ is: "device" }, { is: "time" }];
  assertEquals(english.pieces("console.inCallWith", { device, time }), [
    "In a call with ",
    device,
    " ",
    time,
    "",
  ]);
});

Deno.test("numbers, times and durations are those of the person's region", () => {
  const at = Date.UTC(2026, 10, 2, 15, 4);
  const options = { hour: "2-digit", minute: "2-digit", timeZone: "UTC" } as const;
  assertStringIncludes(english.date(at, options), "PM");
  assertEquals(speakerOf("en", "en-GB").date(at, options), "15:04");
  assertEquals(english.percent(0.43), "43%");
  assertEquals(english.list(["a", "b", "c"]), "a, b, and c");
  assertEquals(english.relative(-1, "day"), "yesterday");
  const clock = [5_000, 65_000, 3_723_000].map((ms) => english.duration(ms));
  assertEquals(clock, ["0:05", "1:05", "1:02:03"]);
});
