import { stripVTControlCharacters } from "node:util";
import { raise } from "./assertion_error.ts";

/** Any error class, abstract ones included, whatever its constructor takes. */
export type ErrorConstructorLike<E extends Error = Error> = abstract new (...args: never[]) => E;

interface Expectation<E extends Error> {
  type?: ErrorConstructorLike<E>;
  includes?: string;
  remark?: string;
}

/** Sorts out the two argument forms: `(msg)` or `(ErrorClass, msgIncludes, msg)`. */
function expectation<E extends Error>(
  first?: ErrorConstructorLike<E> | string,
  second?: string,
  third?: string,
): Expectation<E> {
  if (typeof first === "string") return { remark: first };
  return { type: first, includes: second, remark: third };
}

function checkError<E extends Error>(error: unknown, verb: string, expected: Expectation<E>): void {
  const { type, includes, remark } = expected;
  if (type === undefined) return;
  if (!(error instanceof Error)) raise(`A non-Error object was ${verb}`, remark);
  if (!(error instanceof type)) {
    raise(
      `Expected error to be instance of "${type.name}", but was "${error.constructor.name}"`,
      remark,
    );
  }
  const text = stripVTControlCharacters(error.message);
  if (includes && !text.includes(stripVTControlCharacters(includes))) {
    raise(
      `Expected error message to include ${JSON.stringify(includes)}, but got ${
        JSON.stringify(error.message)
      }`,
      remark,
    );
  }
}

/** Fails unless `fn` throws; returns what was thrown. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Fails unless `fn` throws an `ErrorClass` whose message includes `msgIncludes`; returns it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorConstructorLike<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClassOrMsg?: ErrorConstructorLike<E> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const expected = expectation(errorClassOrMsg, msgIncludes, msg);
  try {
    fn();
  } catch (error) {
    checkError(error, "thrown", expected);
    return error;
  }
  raise("Expected function to throw", expected.remark);
}

/** Fails unless `fn` returns a promise that rejects; returns what it rejected with. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Fails unless `fn`'s promise rejects with an `ErrorClass` whose message includes `msgIncludes`. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorConstructorLike<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClassOrMsg?: ErrorConstructorLike<E> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const expected = expectation(errorClassOrMsg, msgIncludes, msg);
  let promise: unknown;
  try {
    promise = fn();
  } catch {
    raise("Function throws when expected to reject", expected.remark);
  }
  if (typeof promise !== "object" || promise === null || !("then" in promise)) {
    raise("Function throws when expected to reject", expected.remark);
  }
  try {
    await promise;
  } catch (error) {
    checkError(error, "rejected", expected);
    return error;
  }
  raise("Expected function to reject", expected.remark);
}
