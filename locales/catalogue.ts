/** Keys and placeholders as types, read off the English catalogue. Types only: costs a page nothing. */
import type { en } from "./en/mod.ts";
import type { Message, Translated } from "./message.ts";

/** The English catalogue: what all others are measured against. */
export type English = typeof en;

/** The name of a section: one file in each language's folder. */
export type SectionName = keyof English;

/** All messages in one language. */
export type Catalogue = { readonly [Name in SectionName]: Translated<English[Name]> };

/** Names one message: "section.key". */
export type Key = {
  [Name in SectionName]: `${Name}.${keyof English[Name] & string}`;
}[SectionName];

/** The keys of one section. */
export type KeyOf<Name extends SectionName> = Extract<Key, `${Name}.${string}`>;

type MessageAt<K extends Key> = K extends `${infer Name}.${infer Rest}`
  ? Name extends SectionName
    ? Rest extends keyof English[Name] ? Extract<English[Name][Rest], Message> : never
  : never
  : never;

type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type PlaceholderOf<M> = M extends { readonly other: infer Text } ? Placeholder<Text> | "count"
  : Placeholder<M>;

/** What the placeholders of a message stand for; a plural's `count` is a number. */
export type ValuesOf<K extends Key, Value> = {
  readonly [Name in PlaceholderOf<MessageAt<K>>]: Name extends "count" ? number : Value;
};

/** The arguments after a key: its values, if it has any. */
export type ArgumentsOf<K extends Key, Value> = [PlaceholderOf<MessageAt<K>>] extends [never] ? []
  : [values: ValuesOf<K, Value>];
