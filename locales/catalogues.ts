/**
 * All catalogues, and what a page gets of one. For the server only: a page is given its words in
 * its own language as data, so no catalogue is ever part of a script.
 */
import type { Catalogue, SectionName } from "./catalogue.ts";
import { ar } from "./ar/mod.ts";
import { de } from "./de/mod.ts";
import { en } from "./en/mod.ts";
import { es } from "./es/mod.ts";
import { fr } from "./fr/mod.ts";
import { ja } from "./ja/mod.ts";
import { Speaker, type Words } from "./speaker.ts";

/** A language whose catalogue is here. */
export interface Language {
  readonly catalogue: Catalogue;
  /** What its speakers call it. */
  readonly name: string;
}

/** By BCP 47 tag, in the order of the language menu. */
export const LANGUAGES = {
  en: { catalogue: en, name: "English" },
  de: { catalogue: de, name: "Deutsch" },
  es: { catalogue: es, name: "Español" },
  fr: { catalogue: fr, name: "Français" },
  ja: { catalogue: ja, name: "日本語" },
  ar: { catalogue: ar, name: "العربية" },
} as const satisfies Record<string, Language>;

/** The tag of a language that can be spoken. */
export type Locale = keyof typeof LANGUAGES;

/** Spoken where none of a person's languages can be. */
export const FALLBACK: Locale = "en";

/** All tags, in the order of the language menu. */
export const LOCALES = Object.keys(LANGUAGES).filter(isLocale);

/** Whether `tag` names a language that can be spoken. */
export function isLocale(tag: string): tag is Locale {
  return Object.hasOwn(LANGUAGES, tag);
}

const MENU = LOCALES.map((locale) => ({ locale, name: LANGUAGES[locale].name }));

/** The whole catalogue of `locale`, as the server speaks it; `region` for dates and numbers. */
export function speakerOf(locale: Locale, region: string = locale): Speaker {
  return new Speaker({ locale, region, languages: MENU, sections: LANGUAGES[locale].catalogue });
}

/** The part of a speaker's words that a page needs. */
export function wordsFor({ words }: Speaker, names: readonly SectionName[]): Words {
  const sections = Object.fromEntries(names.map((name) => [name, words.sections[name]]));
  return { ...words, sections };
}
