import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { hashPassword, verifyPassword } from "../../auth/passwords.ts";

Deno.test("a password is verified by its hash, and no other one is", async () => {
  const hash = await hashPassword("correct horse");
  assert(await verifyPassword("correct horse", hash));
  assert(!await verifyPassword("correct horsf", hash));
  assert(!await verifyPassword("", hash));
});

Deno.test("the hash is Argon2id with OWASP's parameters and a salt of its own", async () => {
  const [one, two] = await Promise.all([hashPassword("same"), hashPassword("same")]);
  const { algorithm, memorySize, iterations, parallelism } = one;
  assertEquals([algorithm, memorySize, iterations, parallelism], ["argon2id", 19_456, 2, 1]);
  assertEquals([one.salt.length, one.digest.length], [16, 32]);
  assertNotEquals(one.salt, two.salt);
  assertNotEquals(one.digest, two.digest);
});

Deno.test("a hash made with other parameters is still verified", async () => {
  const hash = await hashPassword("correct horse");
  assert(!await verifyPassword("correct horse", { ...hash, iterations: 1 }));
});

Deno.test("the same password in another Unicode form is the same password", async () => {
  const hash = await hashPassword("caf\u00e9 au lait");
  assert(await verifyPassword("cafe\u0301 au lait", hash));
});

Deno.test("without a hash the answer is no", async () => {
  assert(!await verifyPassword("", null));
});
