import { useRef } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { Menu } from "./Menu.tsx";
import { useSpeaker } from "./words.tsx";

/** Props of {@link LanguageMenu}. */
export interface LanguageMenuProps {
  /** The path of the page it is on, which is shown again in the language chosen. */
  readonly path: string;
  /** "row": all of them at the foot of a page; "menu": behind a button. */
  readonly as: "row" | "menu";
}

/**
 * The languages there are, each by its own name: who cannot read the page finds theirs. A plain form,
 * which works without script; the page is loaded anew, and sessions survive that (S5).
 */
export function LanguageMenu({ path, as }: LanguageMenuProps) {
  const { say, words: { locale, languages } } = useSpeaker();
  if (languages.length < 2) return null;
  const name = languages.find((language) => language.locale === locale)?.name ?? locale;
  if (as === "row") return <Choice path={path} look="languages" />;
  return (
    <Menu
      summary={
        <summary class="button" aria-label={say("common.languageIs", { language: name })}>
          <Icon name="globe" /> {name}
        </summary>
      }
    >
      <Choice path={path} look="menu-items" />
    </Menu>
  );
}

function Choice({ path, look }: { readonly path: string; readonly look: string }) {
  const { say, words: { locale, languages } } = useSpeaker();
  const to = useRef<HTMLInputElement>(null);
  // What is open on the page stands behind the "#", which no server sees.
  const addPlace = () => {
    if (to.current !== null) to.current.value = path + location.hash;
  };
  return (
    <form
      class={look}
      method="post"
      onSubmit={addPlace}
      action="/language"
      aria-label={say("common.language")}
    >
      <input type="hidden" name="to" value={path} ref={to} />
      {languages.map((language) => (
        <button
          key={language.locale}
          type="submit"
          class="menu-item"
          name="locale"
          value={language.locale}
          lang={language.locale}
          dir="auto"
          aria-current={language.locale === locale ? "true" : undefined}
        >
          {language.name}
        </button>
      ))}
    </form>
  );
}
