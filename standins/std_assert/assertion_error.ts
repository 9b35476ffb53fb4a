import { inspect } from "node:util";

/** What every assertion in this package throws. */
export class AssertionError extends Error {
  /** Keeps the message, and the cause where one assertion reports another error. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Throws `message` with the caller's own remark appended, the way every assertion here reports. */
export function raise(message: string, remark?: string, details = ""): never {
  throw new AssertionError(`${message}${remark ? `: ${remark}` : "."}${details}`);
}

/** Shows a value in full, with sorted keys so that two equal values read the same. */
export function show(value: unknown): string {
  return inspect(value, {
    depth: Infinity,
    maxArrayLength: null,
    maxStringLength: null,
    sorted: true,
    breakLength: 80,
  });
}
