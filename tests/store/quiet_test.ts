/** Being alone with the database: between what everybody else asks, and never for long. */
import { assert, assertEquals } from "@std/assert";
import { Quiet } from "../../store/quiet.ts";

Deno.test("whoever wants to be alone waits for what is under way; what is asked meanwhile comes after, in order", async () => {
  const quiet = new Quiet();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const ask = (name: string, question = Promise.resolve()) =>
    quiet.ask(async () => {
      await question;
      order.push(name);
    });
  const underWay = ask("first", first.promise);
  const alone = quiet.alone(() => order.push("alone"), 30_000);
  const later = [ask("second"), ask("third")];
  assertEquals(order, []);
  first.resolve();
  assert(await alone);
  await Promise.all([underWay, ...later]);
  assertEquals(order, ["first", "alone", "second", "third"]);
});

Deno.test("who cannot be alone in time is not, and keeps nobody waiting", async () => {
  const quiet = new Quiet();
  const slow = Promise.withResolvers<void>();
  const underWay = quiet.ask(() => slow.promise);
  const alone = quiet.alone(() => {
    throw new Error("somebody was there");
  }, 10);
  const second = quiet.alone(() => {}, 30_000);
  assertEquals([await second, await alone], [false, false]);
  await quiet.ask(() => Promise.resolve());
  slow.resolve();
  await underWay;
  assert(await quiet.alone(() => {}, 0));
});
