/** Which language a person is answered in. */

/** The language chosen, and the person's own variety of it for dates and numbers. */
export interface Choice<Locale extends string> {
  readonly locale: Locale;
  readonly region: string;
}

/** More ranges than this are nobody's preferences. */
const MAX_RANGES = 32;

/**
 * Chooses among `available` for a browser that sends `accept` (Accept-Language, RFC 9110 12.5.4), by
 * lookup (RFC 4647 3.4); an explicit choice, once made, comes first. Whatever cannot be read is skipped.
 */
export function chooseLocale<Locale extends string>(
  available: readonly Locale[],
  fallback: Locale,
  explicit: string | null,
  accept: string | null,
): Choice<Locale> {
  const ranges = readRanges(accept ?? "");
  const lookedUp = ranges.map((range) => lookup(available, range)).find((it) => it !== null);
  const locale = available.find((tag) => tag === explicit) ?? lookedUp ?? fallback;
  const region = ranges.find((range) => lookup([locale], range) !== null) ?? locale;
  return { locale, region };
}

/** Language ranges, most wanted first; only well-formed tags, in their canonical case. */
function readRanges(header: string): readonly string[] {
  return header.split(",").slice(0, MAX_RANGES)
    .map((part) => {
      const [tag = "", weight] = part.split(";").map((it) => it.trim());
      const quality = weight === undefined ? 1 : Number(/^q=([\d.]+)$/i.exec(weight)?.[1]);
      return { tag, quality };
    })
    .filter(({ quality }) => quality > 0 && quality <= 1)
    .sort((a, b) => b.quality - a.quality)
    .flatMap(({ tag }) => canonical(tag));
}

function canonical(tag: string): readonly string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}

/** Shortens `range` from the end until a language has that tag. */
function lookup<Locale extends string>(available: readonly Locale[], range: string): Locale | null {
  const parts = range.split("-");
  for (; parts.length > 0; parts.pop()) {
    const found = available.find((tag) => tag === parts.join("-"));
    if (found !== undefined) return found;
  }
  return null;
}
