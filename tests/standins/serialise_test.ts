// Of the stand-in alone: upstream has a format of its own behind the same behaviour.
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { computed, signal } from "@preact/signals";
import { deserialise } from "../../standins/fresh/client/deserialise.ts";
import { serialise } from "../../standins/fresh/serialise.ts";

const roundTrip = (value: unknown): unknown => deserialise(serialise(value));

Deno.test("island props: values come back as they were", () => {
  for (
    const value of [
      ...["text", "", true, false, null, undefined, 0, 1.5, -7, NaN, Infinity, -Infinity],
      ...[12n, new Date(5), new Date(NaN), new URL("https://a.example/b?c=d#e")],
      [1, [2, undefined], {}],
      { a: { b: undefined }, "": 1, "signal": ["date", 1] },
      new Set([1, "1", { a: 1 }]),
      new Map<unknown, unknown>([["a", 1], [{ k: 1 }, new Map([[1, 2n]])]]),
      ["object", "array", "undefined"],
    ]
  ) assertEquals(roundTrip(value), value);
  assert(Object.is(roundTrip(-0), -0));
  assertEquals(roundTrip([0, -0, "-0"]), [0, -0, "-0"]);
});

Deno.test("island props: what was shared or circular is so again", () => {
  const inner = { n: 1 };
  const count = signal(1);
  const value: Record<string, unknown> = { a: inner, b: [inner], count, same: count };
  value.self = value;
  const back = roundTrip(value) as typeof value & { b: unknown[]; count: typeof count };
  assertStrictEquals(back.a, back.b[0]);
  assertStrictEquals(back.self, back);
  assertStrictEquals(back.count, back.same);
  back.count.value++;
  assertEquals([back.count.value, count.value], [2, 1]);
});

Deno.test("island props: signals of objects and computed signals", () => {
  const list = roundTrip({ list: signal([{ a: 1 }]) }) as { list: { value: unknown } };
  assertEquals(list.list.value, [{ a: 1 }]);
  const sum = roundTrip({ sum: computed(() => 3) }) as { sum: { value: unknown } };
  assertEquals(sum.sum.value, 3);
});

Deno.test("island props: a key named __proto__ stays a key", () => {
  const back = roundTrip(JSON.parse(`{"__proto__": {"admin": true}}`)) as Record<string, unknown>;
  assertEquals(Object.keys(back), ["__proto__"]);
  assertEquals(back.admin, undefined);
});

Deno.test("island props: functions and the like are refused", () => {
  const day = Temporal.PlainDate.from("2024-02-29");
  for (const value of [() => {}, Symbol("x"), Promise.resolve(), /x/, new Uint8Array(1), day]) {
    assertThrows(() => serialise({ value }), TypeError, "Island props cannot hold");
  }
});
