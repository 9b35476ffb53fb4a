import { useSpeaker } from "./words.tsx";

/** Props of {@link LanguageMenu}. */
export interface LanguageMenuProps {
  /** The path of the page it is on, which is shown again in the language chosen. */
  readonly path: string;
}

/**
 * The languages there are, each by its own name: who cannot read the page finds theirs. A plain form,
 * which works without script; the page is loaded anew, and sessions survive that (S5).
 */
export function LanguageMenu({ path }: LanguageMenuProps) {
  const { say, words: { locale, languages } } = useSpeaker();
  if (languages.length < 2) return null;
  return (
    <form class="languages" method="post" action="/language" aria-label={say("common.language")}>
      <input type="hidden" name="to" value={path} />
      {languages.map((language) => (
        <button
          key={language.locale}
          type="submit"
          class="language"
          name="locale"
          value={language.locale}
          lang={language.locale}
          aria-current={language.locale === locale}
        >
          {language.name}
        </button>
      ))}
    </form>
  );
}
