/** Something to say to a person, before it is said in their language. */
import type { ArgumentsOf, Key } from "./catalogue.ts";

/**
 * What a placeholder stands for: a person's or device's text, a number, or a phrase within the
 * phrase. Times are said by the component that shows them ({@link Speaker}).
 */
export type Value = string | number | Phrase;

/** A key and its values as plain data: what models, rules and problems hold instead of sentences. */
export interface Phrase {
  readonly key: Key;
  readonly values?: Readonly<Record<string, Value>>;
}

/** A phrase whose values are checked against the English message. */
export function phrase<K extends Key>(key: K, ...values: ArgumentsOf<K, Value>): Phrase {
  const [only] = values;
  return only === undefined ? { key } : { key, values: only };
}
