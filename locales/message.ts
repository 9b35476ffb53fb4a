/** What a catalogue is made of: messages with `{placeholders}`, in sections. */

/**
 * Forms of one message, chosen by its `{count}` (Intl.PluralRules, CLDR). Every language has `other`;
 * English adds `one`, Arabic all of them.
 */
export interface Plural {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** A sentence or label in one language. `{name}` stands for a value. */
export type Message = string | Plural;

/** The messages of one part of the product, by key. */
export type Section = Readonly<Record<string, Message>>;

/**
 * A section in another language than English: the same keys, no more and no less; where English has
 * plural forms, the other language has its own.
 */
export type Translated<English extends Section> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};
