import {
  assert,
  assertAlmostEquals,
  assertArrayIncludes,
  assertEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertObjectMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  fail,
  unreachable,
} from "@std/assert";

/** Checks that an assertion fails, without using the assertions under test. */
function mustFail(assertion: () => void, includes = ""): void {
  try {
    assertion();
  } catch (error) {
    if (error instanceof AssertionError && error.message.includes(includes)) return;
    throw new Error(`failed in the wrong way: ${error}`);
  }
  throw new Error("should have failed");
}

const self: { me?: unknown } = {};
self.me = self;
const other: { me?: unknown } = {};
other.me = other;

const EQUAL: [unknown, unknown][] = [
  [1, 1],
  [0, -0],
  [NaN, NaN],
  [{ a: 1, b: [2, { c: 3 }] }, { b: [2, { c: 3 }], a: 1 }],
  [Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  [new Map([["a", { b: 1 }]]), new Map([["a", { b: 1 }]])],
  [new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])],
  [new Set([1, 2]), new Set([2, 1])],
  [new Set([{ a: 1 }]), new Set([{ a: 1 }])],
  [new Date(5), new Date(5)],
  [new URL("http://a/b"), new URL("http://a/b")],
  [/a/g, /a/g],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  [self, other],
  [[undefined], [undefined]],
];

const DIFFERENT: [unknown, unknown][] = [
  [1, "1"],
  [null, undefined],
  [{ a: undefined }, {}],
  [{ a: 1 }, { a: 1, b: 2 }],
  [[1, 2], [2, 1]],
  [[1], { 0: 1 }],
  [new Map([["a", 1]]), new Map([["a", 2]])],
  [new Map([["a", undefined]]), new Map([["b", undefined]])],
  [new Set([1]), new Set([2])],
  [new Date(5), new Date(6)],
  [new URL("http://a/b"), new URL("http://a/c")],
  [/a/g, /a/i],
  [new Uint8Array([1, 2]), new Uint8Array([1, 3])],
  [new (class A {})(), {}],
  [() => {}, () => {}],
];

Deno.test("assertEquals and assertNotEquals agree on what is equal", () => {
  for (const [a, b] of EQUAL) {
    assertEquals(a, b);
    mustFail(() => assertNotEquals(a, b), "not to be");
  }
  for (const [a, b] of DIFFERENT) {
    assertNotEquals(a, b);
    mustFail(() => assertEquals(a, b, "my remark"), "my remark");
  }
});

Deno.test("assertEquals shows both values where they differ", () => {
  mustFail(() => assertEquals({ a: 1, b: "left" }, { a: 1, b: "right" }), "left");
  mustFail(() => assertEquals({ a: 1, b: "left" }, { a: 1, b: "right" }), "right");
});

Deno.test("assertStrictEquals compares identity", () => {
  const value = {};
  assertStrictEquals(value, value);
  mustFail(() => assertStrictEquals({}, {}), "same structure");
  mustFail(() => assertStrictEquals(1, 2), "not strictly equal");
});

Deno.test("assertObjectMatch looks at what is expected only", () => {
  const actual = { a: 1, b: { c: 2, d: [{ e: 3, f: 4 }, 5] }, g: new Date(1) };
  assertObjectMatch(actual, { b: { d: [{ e: 3 }] } });
  assertObjectMatch(actual, { g: new Date(1) });
  mustFail(() => assertObjectMatch(actual, { b: { c: 3 } }));
  mustFail(() => assertObjectMatch(actual, { h: 1 }));
  mustFail(() => assertObjectMatch(actual, { g: new Date(2) }));
});

Deno.test("assertArrayIncludes compares deeply", () => {
  assertArrayIncludes([1, { a: 1 }, 3], [{ a: 1 }, 3]);
  mustFail(() => assertArrayIncludes([1, 2], [3]), "missing");
});

Deno.test("assertThrows and assertRejects check class and message, and return the error", async () => {
  const boom = () => {
    throw new TypeError("bad thing");
  };
  assertStrictEquals(assertThrows(boom, TypeError, "bad").message, "bad thing");
  mustFail(() => assertThrows(() => 1), "Expected function to throw");
  mustFail(() => assertThrows(boom, RangeError), "RangeError");
  mustFail(() => assertThrows(boom, TypeError, "other"), "other");

  const rejects = () => Promise.reject(new TypeError("bad thing"));
  assertStrictEquals((await assertRejects(rejects, TypeError, "bad")).message, "bad thing");
  await assertRejects(() => assertRejects(() => Promise.resolve()), AssertionError, "to reject");
  await assertRejects(() => assertRejects(rejects, RangeError), AssertionError, "RangeError");
  await assertRejects(() => assertRejects(boom), AssertionError, "throws when expected to reject");
});

Deno.test("the simple assertions hold and fail", () => {
  const maybe: string | undefined = ["x"][0];
  assertExists(maybe);
  assertStrictEquals(maybe.length, 1);
  const error: unknown = new TypeError("x");
  assertInstanceOf(error, Error);
  assertStrictEquals(error.message, "x");
  assert(true);
  assertFalse(0);
  assertMatch("abc", /b/);
  assertStringIncludes("abc", "b");
  assertAlmostEquals(0.1 + 0.2, 0.3);
  assertAlmostEquals(1, 1.4, 0.5);
  assertGreater(2, 1);
  assertGreaterOrEqual(2, 2);
  assertLess(1, 2);
  assertLessOrEqual(2, 2);
  for (
    const assertion of [
      () => assert(0),
      () => assertFalse(1),
      () => assertExists(null),
      () => assertInstanceOf({}, Error),
      () => assertMatch("abc", /x/),
      () => assertStringIncludes("abc", "x"),
      () => assertAlmostEquals(1, 1.1),
      () => assertGreater(1, 1),
      () => assertGreaterOrEqual(1, 2),
      () => assertLess(1, 1),
      () => assertLessOrEqual(2, 1),
      () => fail("x"),
      () => unreachable("x"),
    ]
  ) mustFail(assertion);
});
