import type { ComponentChildren } from "preact";
import type { Phrase } from "../../locales/phrase.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { useSay } from "../words.tsx";

/** How a part stands. */
export type PartState = "open" | "busy" | "good" | "bad";

/** Props of {@link Part}. */
export interface PartProps {
  readonly icon: IconName;
  readonly name: Phrase;
  readonly state: PartState;
  /** What was found, or what to do now; said aloud when it changes. */
  readonly text: Phrase | null;
  /** The picture, the level, what to choose. */
  readonly children?: ComponentChildren;
  /** The buttons. */
  readonly actions: ComponentChildren;
}

/** One part of the check. */
export function Part({ icon, name, state, text, children, actions }: PartProps) {
  const say = useSay();
  return (
    <section class={`equipment-part equipment-${state}`} aria-label={say(name)}>
      <h3 class="equipment-name">
        <Icon name={icon} /> {say(name)}
      </h3>
      {state === "good" || state === "bad"
        ? (
          <span class="equipment-mark" aria-hidden="true">
            <Icon name={state === "good" ? "check" : "close"} />
          </span>
        )
        : null}
      <p class="equipment-text" aria-live="polite">{text === null ? null : say(text)}</p>
      {children}
      <div class="equipment-actions">{actions}</div>
    </section>
  );
}
