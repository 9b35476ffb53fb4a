import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { cleanEmail, cleanName, MAX_EMAIL, MAX_NAME, passwordProblem } from "../../auth/fields.ts";
import { hashToken, newToken } from "../../auth/tokens.ts";

Deno.test("names are tidied, empty and endless ones refused", () => {
  assertEquals(cleanName("  Ada\t\nLovelace "), "Ada Lovelace");
  assertEquals(cleanName(" \u0007 "), null);
  assertEquals(cleanName("😀".repeat(MAX_NAME)), "😀".repeat(MAX_NAME));
  assertEquals(cleanName("x".repeat(MAX_NAME + 1)), null);
});

Deno.test("cleaning twice is cleaning once", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => {
    const name = cleanName(typed);
    const email = cleanEmail(typed);
    return (name === null || cleanName(name) === name) &&
      (email === null || cleanEmail(email) === email);
  }));
});

Deno.test("e-mail addresses are compared without case, and must look like some", () => {
  assertEquals(cleanEmail(" Ada@Example.ORG "), "ada@example.org");
  for (const wrong of ["", "ada", "@x", "a@", "a b@c", "a@b@c", `${"a".repeat(MAX_EMAIL)}@b`]) {
    assertEquals(cleanEmail(wrong), null, wrong);
  }
});

Deno.test("passwords are counted in characters", () => {
  assertEquals(passwordProblem("0123456789"), null);
  assertEquals(passwordProblem("😀".repeat(9))?.values, { count: 10 });
  assertEquals(passwordProblem("x".repeat(257))?.values, { count: 256 });
});

Deno.test("tokens are 256 random bits; only what looks like one has a hash", async () => {
  const tokens = new Set(Array.from({ length: 1000 }, newToken));
  assertEquals(tokens.size, 1000);
  for (const token of tokens) assert(/^[A-Za-z0-9_-]{43}$/.test(token));
  const [token = ""] = tokens;
  const hash = await hashToken(token);
  assert(hash !== null && hash !== token && hash === await hashToken(token));
  for (const wrong of ["", "x", `${token}x`, token.slice(1) + "!"]) {
    assertEquals(await hashToken(wrong), null);
  }
});
