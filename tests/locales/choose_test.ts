import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { chooseLocale } from "../../locales/choose.ts";

const HERE = ["en", "de", "ar"] as const;

function choose(accept: string | null, explicit: string | null = null) {
  const { locale, region } = chooseLocale(HERE, "en", explicit, accept);
  return `${locale} ${region}`;
}

Deno.test("a browser is answered in the first of its languages that is there (RFC 4647 lookup)", () => {
  assertEquals(choose("de"), "de de");
  assertEquals(choose("de-AT,de;q=0.9,en;q=0.8"), "de de-AT");
  assertEquals(choose("tlh, ar-EG;q=0.7, de;q=0.9"), "de de");
  assertEquals(choose("zh-Hant-TW, AR-eg"), "ar ar-EG");
  assertEquals(choose("en-GB, de"), "en en-GB");
});

Deno.test("an explicit choice comes before the browser's, one that is not there counts for nothing", () => {
  assertEquals(choose("de-CH,de", "ar"), "ar ar");
  assertEquals(choose("en-GB,de-CH", "de"), "de de-CH");
  assertEquals(choose("de", "tlh"), "de de");
});

Deno.test("without a language that is there, or with nonsense, it is the fallback", () => {
  for (const accept of [null, "", "*", "tlh", "de;q=0", "de;q=2", "d_e", ";;,,", "-"]) {
    assertEquals(choose(accept), "en en", String(accept));
  }
});

Deno.test("whatever header is sent, the answer is a language that is there and a tag Intl takes", () => {
  fc.assert(fc.property(fc.string(), (accept) => {
    const { locale, region } = chooseLocale(HERE, "en", null, accept);
    assertEquals(HERE.includes(locale), true);
    new Intl.DateTimeFormat(region);
  }));
});
