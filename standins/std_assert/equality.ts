import { raise, show } from "./assertion_error.ts";
import { equal } from "./equal.ts";

/** The two values line by line: common lines once, then what only one of them has. */
function difference(actual: unknown, expected: unknown): string {
  const [a, e] = [show(actual).split("\n"), show(expected).split("\n")];
  let start = 0;
  while (start < Math.min(a.length, e.length) && a[start] === e[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, e.length) - start && a.at(-1 - end) === e.at(-1 - end)) end++;
  const lines = [
    ...a.slice(0, start).map((line) => `    ${line}`),
    ...a.slice(start, a.length - end).map((line) => `-   ${line}`),
    ...e.slice(start, e.length - end).map((line) => `+   ${line}`),
    ...a.slice(a.length - end).map((line) => `    ${line}`),
  ];
  return `\n\n    [Diff] Actual / Expected\n\n${lines.join("\n")}\n`;
}

/** Fails unless both values are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) raise("Values are not equal", msg, difference(actual, expected));
}

/** Fails when both values are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) {
    raise(`Expected actual: ${show(actual)} not to be: ${show(expected)}`, msg);
  }
}

/** Fails unless both values are the same one, as `Object.is` sees it. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  if (show(actual) === show(expected)) {
    raise("Values have the same structure but are not reference-equal", msg, `\n\n${show(actual)}`);
  }
  raise("Values are not strictly equal", msg, difference(actual, expected));
}

/** Fails unless each of the expected items deeply equals one of the actual items. */
export function assertArrayIncludes<T>(
  actual: ArrayLike<T> & object,
  expected: ArrayLike<T> & object,
  msg?: string,
): void {
  const present = Array.from(actual);
  const missing = Array.from(expected).filter((item) => !present.some((it) => equal(it, item)));
  if (missing.length === 0) return;
  raise(
    `Expected actual: "${show(actual)}" to include: "${show(expected)}"`,
    msg,
    `\nmissing: ${show(missing)}`,
  );
}

/** Whether `value` is an object to be matched field by field rather than compared whole. */
function hasParts(value: unknown): value is object {
  return typeof value === "object" && value !== null &&
    !(value instanceof Date || value instanceof RegExp || value instanceof Set);
}

/** The part of `actual` that `expected` speaks about, so that the two can be compared whole. */
function overlap(actual: unknown, expected: unknown, seen = new Map<object, unknown>()): unknown {
  if (actual instanceof Set && expected instanceof Set) return actual.intersection(expected);
  if (!hasParts(actual) || !hasParts(expected)) return actual;
  if (seen.has(actual)) return seen.get(actual);
  if (Array.isArray(actual) && Array.isArray(expected)) {
    const items: unknown[] = [];
    seen.set(actual, items);
    for (const [i, item] of actual.slice(0, expected.length).entries()) {
      items.push(overlap(item, expected[i], seen));
    }
    return items;
  }
  if (actual instanceof Map && expected instanceof Map) {
    return new Map(
      [...actual].filter(([key]) => expected.has(key))
        .map(([key, value]) => [key, overlap(value, expected.get(key), seen)]),
    );
  }
  const fields: Record<PropertyKey, unknown> = {};
  seen.set(actual, fields);
  for (const key of Reflect.ownKeys(actual)) {
    if (!Object.hasOwn(expected, key)) continue;
    fields[key] = overlap(Reflect.get(actual, key), Reflect.get(expected, key), seen);
  }
  return fields;
}

/** Fails unless every field of `expected` is in `actual` with an equal value, at every depth. */
export function assertObjectMatch(
  actual: Record<PropertyKey, unknown> | object,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void {
  assertEquals(overlap(actual, expected), overlap(expected, expected), msg);
}
