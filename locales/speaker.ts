/** Says phrases, numbers and times in one language. Holds no catalogue: it is given one. */
import type { ArgumentsOf, Key, SectionName } from "./catalogue.ts";
import type { Message, Plural, Section } from "./message.ts";
import type { Phrase, Value } from "./phrase.ts";

/** What a page needs to speak: plain data, so that it can be an island's prop. */
export interface Words {
  /** The catalogue's language (BCP 47), for `lang`. */
  readonly locale: string;
  /** The person's own variety of it, e.g. "en-GB", for dates and numbers. */
  readonly region: string;
  /** All languages there are, with what their speakers call them. */
  readonly languages: readonly { readonly locale: string; readonly name: string }[];
  readonly sections: Readonly<Partial<Record<SectionName, Section>>>;
}

/** Says a message by its key, or a phrase. */
export interface Say {
  <K extends Key>(key: K, ...values: ArgumentsOf<K, Value>): string;
  (phrase: Phrase): string;
}

const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;
/** Letters of right-to-left scripts (Unicode: Hebrew to Arabic Extended, and presentation forms). */
const FOREIGN = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** First strong isolate, pop directional isolate (Unicode UAX #9). */
const [ISOLATE, POP] = ["\u2068", "\u2069"];

/** The direction a language is written in. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(locale) ? "rtl" : "ltr";
}

/** One language, with the words of a page. */
export class Speaker {
  readonly direction: "ltr" | "rtl";
  readonly #plurals: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;
  readonly #dates = new Map<string, Intl.DateTimeFormat>();

  constructor(readonly words: Words) {
    this.direction = directionOf(words.locale);
    this.#plurals = new Intl.PluralRules(words.locale);
    this.#number = new Intl.NumberFormat(words.region);
  }

  /** Says a phrase. Where the page was not given its section, the key is shown: a bug a test finds. */
  readonly say: Say = (what: Key | Phrase, given?: Readonly<Record<string, Value>>): string => {
    const { key, values = {} } = typeof what === "string" ? { key: what, values: given } : what;
    const message = this.#message(key);
    if (message === undefined) return key;
    const text = typeof message === "string" ? message : this.#form(message, values.count);
    return text.replace(/\{(\w+)\}/g, (all, name: string) => {
      const value = values[name];
      return value === undefined ? all : this.#value(value);
    });
  };

  /** Says a message with elements in it: its parts in order, to be shown one after the other. */
  pieces<K extends Key, T extends object>(
    key: K,
    elements: Readonly<Record<string, T>>,
    ...values: Partial<ArgumentsOf<K, Value>>
  ): readonly (string | T)[] {
    const text = this.say({ key, values: values[0] });
    return text.split(/(\{\w+\})/).map((part) => elements[part.slice(1, -1)] ?? part);
  }

  /** "1,234.5"; `options` as Intl.NumberFormat takes them. */
  number(value: number, options?: Intl.NumberFormatOptions): string {
    if (options === undefined) return this.#number.format(value);
    return new Intl.NumberFormat(this.words.region, options).format(value);
  }

  /** A share of 1 in percent: "43%". */
  percent(share: number): string {
    return this.number(share, { style: "percent" });
  }

  /** A date, a time or both; `options` as Intl.DateTimeFormat takes them. */
  date(at: number, options: Intl.DateTimeFormatOptions): string {
    const name = JSON.stringify(options);
    const format = this.#dates.get(name) ??
      new Intl.DateTimeFormat(this.words.region, options);
    this.#dates.set(name, format);
    return format.format(at);
  }

  /** "today", "yesterday", "in 3 days". */
  relative(value: number, unit: Intl.RelativeTimeFormatUnit): string {
    return new Intl.RelativeTimeFormat(this.words.region, { numeric: "auto" }).format(value, unit);
  }

  /** How long something lasts, as a clock: "4:05", "1:02:03". */
  duration(ms: number): string {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const parts = hours > 0 ? [hours, minutes, seconds % 60] : [minutes, seconds % 60];
    return parts.map((part, at) => this.number(part, { minimumIntegerDigits: at === 0 ? 1 : 2 }))
      .join(":");
  }

  /** "a, b and c". */
  list(items: Iterable<string>): string {
    return new Intl.ListFormat(this.words.region).format(items);
  }

  #message(key: Key): Message | undefined {
    const dot = key.indexOf(".");
    const sections: Readonly<Record<string, Section | undefined>> = this.words.sections;
    return sections[key.slice(0, dot)]?.[key.slice(dot + 1)];
  }

  #form(message: Plural, count: Value | undefined): string {
    if (typeof count !== "number") return message.other;
    return message[this.#plurals.select(count)] ?? message.other;
  }

  #value(value: Value): string {
    if (typeof value === "number") return this.#number.format(value);
    if (typeof value !== "string") return this.say(value);
    // A name in the other direction must not pull its sentence apart.
    const apart = this.direction === "rtl" || FOREIGN.test(value);
    return apart ? ISOLATE + value + POP : value;
  }
}
