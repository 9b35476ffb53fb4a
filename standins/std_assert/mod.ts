/** Stand-in for `@std/assert`: the assertions this project uses. See docs/decisions/stand-ins.md. */
export { AssertionError } from "./assertion_error.ts";
export { equal } from "./equal.ts";
export {
  assertArrayIncludes,
  assertEquals,
  assertNotEquals,
  assertObjectMatch,
  assertStrictEquals,
} from "./equality.ts";
export { assertRejects, assertThrows } from "./errors.ts";
export {
  assert,
  assertAlmostEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertStringIncludes,
  fail,
  unreachable,
} from "./simple.ts";
