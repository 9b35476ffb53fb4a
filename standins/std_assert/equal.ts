const TEXT_COMPARED: ReadonlySet<object> = new Set(
  [RegExp, URL, URLSearchParams, ...temporalClasses()].map((type) => type.prototype),
);

function temporalClasses(): { prototype: object }[] {
  const temporal: unknown = Reflect.get(globalThis, "Temporal");
  if (typeof temporal !== "object" || temporal === null) return [];
  return Object.getOwnPropertyNames(temporal)
    .map((name): unknown => Reflect.get(temporal, name))
    .filter((value): value is { prototype: object } => typeof value === "function");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The prototype, with a null prototype counted as a plain object's. */
function kind(value: object): object {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

/**
 * Deep equality by value. Zero equals minus zero, NaN equals NaN, a null-prototype object equals a
 * plain one, a missing key differs from an undefined one, and cycles are compared by shape.
 */
export function equal(left: unknown, right: unknown): boolean {
  const compared = new Map<object, object>();

  function same(a: unknown, b: unknown): boolean {
    if (a === b || Object.is(a, b)) return true;
    if (!isObject(a) || !isObject(b) || kind(a) !== kind(b)) return false;
    if (compared.get(a) === b) return true;
    compared.set(a, b);
    if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
    if (TEXT_COMPARED.has(kind(a))) return String(a) === String(b);
    if (a instanceof ArrayBuffer && b instanceof ArrayBuffer) {
      return sameFields(new Uint8Array(a), new Uint8Array(b));
    }
    if (a instanceof Map && b instanceof Map) return sameEntries(a, b);
    if (a instanceof Set && b instanceof Set) {
      return sameEntries(new Map(a.entries()), new Map(b.entries()));
    }
    return sameFields(a, b);
  }

  function sameEntries(a: Map<unknown, unknown>, b: Map<unknown, unknown>): boolean {
    if (a.size !== b.size) return false;
    const rest = new Map(b);
    for (const [key, value] of a) {
      const match = rest.has(key) && same(value, rest.get(key))
        ? [key]
        : [...rest].find(([k, v]) => isObject(k) && same(key, k) && same(value, v));
      if (match === undefined) return false;
      rest.delete(match[0]);
    }
    return true;
  }

  function sameFields(a: object, b: object): boolean {
    const keys = Reflect.ownKeys(a);
    if (keys.length !== Reflect.ownKeys(b).length) return false;
    return keys.every((key) =>
      Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key))
    );
  }

  return same(left, right);
}
