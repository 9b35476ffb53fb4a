/**
 * Runs before the tests (`deno test --preload`): no test is without an end. What waits for something
 * says so in time by itself (waiting.ts); this is for what nobody thought of.
 */

/** The longest story there is takes less than half of this on a slow machine, in milliseconds. */
const LONGEST = 6 * 60_000;

Object.assign(Deno, {
  test: new Proxy(Deno.test, {
    apply(test, self, [first, second, ...rest]: unknown[]) {
      const limited = typeof first === "object"
        ? [{ timeout: LONGEST, ...first }, second, ...rest]
        : typeof second === "function"
        ? [first, { timeout: LONGEST }, second]
        : [first, second, ...rest];
      return Reflect.apply(test, self, limited);
    },
  }),
});
