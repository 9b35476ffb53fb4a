import { assert, assertEquals } from "@std/assert";
import { SIGN_IN_IDLE_MS, SIGN_IN_MAX_MS } from "../../store/sign_ins.ts";
import { countKeys, person, withStores } from "./support.ts";

const MINUTE = 60_000;

Deno.test("of two that use one setup link at once, exactly one becomes administrator", () =>
  withStores(async ({ setups, technicians }) => {
    assert(await setups.replaceFirst("link"));
    const admission = { kind: "setup", tokenHash: "link" } as const;
    const results = await Promise.all([
      technicians.create(...person("a@x"), admission),
      technicians.create(...person("b@x"), admission),
    ]);
    assertEquals(results.filter(({ ok }) => ok).length, 1);
    assertEquals(results.find((it) => !it.ok), { ok: false, code: "link_used" });
    assertEquals((await technicians.list()).length, 1);
  }));

Deno.test("a new start voids the link of the one before, until there is an administrator", () =>
  withStores(async ({ setups, technicians }) => {
    assert(await setups.replaceFirst("first start"));
    assert(await setups.replaceFirst("second start"));
    assertEquals(await setups.find("first start", 0), null);
    assertEquals((await setups.find("second start", 0))?.first, true);
    await technicians.create(...person("a@x"), { kind: "setup", tokenHash: "second start" });
    assert(!await setups.replaceFirst("third start"));
    assertEquals(await setups.find("second start", 0), null);
  }));

Deno.test("the settings' administrator and a setup link race: one wins", () =>
  withStores(async ({ setups, technicians }) => {
    await setups.replaceFirst("link");
    const results = await Promise.all([
      technicians.create(...person("a@x"), { kind: "first" }),
      technicians.create(...person("b@x"), { kind: "setup", tokenHash: "link" }),
    ]);
    assertEquals(results.filter(({ ok }) => ok).length, 1);
  }));

Deno.test("an e-mail address signs in one person only; the link stays good for another one", () =>
  withStores(async ({ setups, technicians }) => {
    await technicians.create(...person("a@x"), { kind: "first" });
    await setups.invite("invitation", "technician", 0, 1000);
    const admission = { kind: "setup", tokenHash: "invitation" } as const;
    const taken = await technicians.create(...person("a@x", "technician"), admission);
    assertEquals(taken, { ok: false, code: "email_taken" });
    const other = await technicians.create(...person("b@x", "technician"), admission);
    assert(other.ok);
  }));

Deno.test("an invitation ends at its time, to the millisecond", () =>
  withStores(async ({ setups }) => {
    await setups.invite("invitation", "technician", 0, 1000);
    assertEquals((await setups.find("invitation", 999))?.role, "technician");
    assertEquals(await setups.find("invitation", 1000), null);
  }));

Deno.test("a technician's record never holds the password", () =>
  withStores(async ({ technicians }) => {
    const [technician, password] = person("a@x");
    await technicians.create(technician, password, { kind: "first" });
    assertEquals(await technicians.get(technician.id), technician);
    assertEquals((await technicians.credentials("a@x"))?.technician, technician.id);
    assertEquals(await technicians.credentials("b@x"), null);
  }));

Deno.test("a sign-in lives on use, dies idle, and dies anyway after its longest time", () =>
  withStores(async ({ signIns }, kv) => {
    await signIns.create("hash", "ada", 0);
    for (let now = 0; now < SIGN_IN_MAX_MS; now += SIGN_IN_IDLE_MS - MINUTE) {
      assertEquals((await signIns.use("hash", now))?.technician, "ada");
    }
    assertEquals(await signIns.use("hash", SIGN_IN_MAX_MS), null);
    assertEquals(await countKeys(kv), 0, "whoever watches it learns that it is over");
    await signIns.create("idle", "ada", 0);
    assertEquals(await signIns.use("idle", SIGN_IN_IDLE_MS), null);
  }));

Deno.test("signing out is never undone by a request at the same moment", () =>
  withStores(async ({ signIns }, kv) => {
    for (let round = 0; round < 20; round++) {
      await signIns.create("hash", "ada", 0);
      await Promise.all([signIns.use("hash", 60 * MINUTE), signIns.remove("hash")]);
      assertEquals(await countKeys(kv), 0);
    }
  }));

Deno.test("many attempts at once count as many", () =>
  withStores(async ({ attempts }) => {
    const limit = { attempts: 5, within: MINUTE };
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => attempts.take("who", limit, 1000)),
    );
    assertEquals(taken.filter(({ ok }) => ok).length, 5);
    assertEquals(await attempts.take("who", limit, 2000), { ok: false, retryAt: 1000 + MINUTE });
    assertEquals(await attempts.take("somebody else", limit, 2000), { ok: true });
    assertEquals(await attempts.take("who", limit, 1000 + MINUTE), { ok: true });
    // The clock was set back: nobody is kept out for longer than anybody is.
    for (let left = 4; left > 0; left--) await attempts.take("who", limit, 1000 + MINUTE);
    assert(!(await attempts.take("who", limit, 1000 + MINUTE)).ok);
    assertEquals(await attempts.take("who", limit, 1000 - MINUTE), { ok: true });
  }));

Deno.test("a good attempt is given back, and clearing forgets all", () =>
  withStores(async ({ attempts }) => {
    const limit = { attempts: 1, within: MINUTE };
    await attempts.take("who", limit, 0);
    await attempts.giveBack("who", 0);
    assertEquals(await attempts.take("who", limit, 0), { ok: true });
    await attempts.clear("who");
    assertEquals(await attempts.take("who", limit, 0), { ok: true });
    await attempts.giveBack("nobody", 0);
  }));
