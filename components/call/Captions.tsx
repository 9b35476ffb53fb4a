import { useEffect } from "preact/hooks";
import { unreachable } from "../../protocol/errors.ts";
import type { CallCaptions } from "../../client/call/types.ts";
import { useSay, useSpeaker } from "../words.tsx";
import { Control } from "./Control.tsx";

/** Props of {@link CaptionsControl} and {@link CaptionLines}. */
export interface CaptionsProps {
  readonly captions: CallCaptions;
}

/** Turns captions on and off; nothing where this browser cannot make any on the device. */
export function CaptionsControl({ captions }: CaptionsProps) {
  const { say, words: { locale, languages } } = useSpeaker();
  useEffect(() => {
    void captions.look(languages.map((language) => withRegion(language.locale)));
  }, [captions]);
  const found = captions.languages.value;
  const [first] = found;
  if (first === undefined) return null;
  const { kind } = captions.state.value;
  const on = kind === "on" || kind === "preparing";
  const own = withRegion(locale);
  const turnOn = () => void captions.turnOn(found.includes(own) ? own : first);
  return (
    <Control
      icon="captions"
      label={say("captions.captions")}
      pressed={on}
      onClick={on ? () => captions.turnOff() : turnOn}
    />
  );
}

/** What the other side says, in writing. Who uses a screen reader hears it: it is not read out. */
export function CaptionLines({ captions }: CaptionsProps) {
  const say = useSay();
  const state = captions.state.value;
  switch (state.kind) {
    case "off":
      return null;
    case "failed":
      return <p class="captions" role="status">{say("captions.failed")}</p>;
    case "preparing":
      return <p class="captions" role="status">{say("captions.preparing")}</p>;
    case "on": {
      const { sentences, current } = state.text;
      return (
        <div class="captions">
          {sentences.length === 0 && current === ""
            ? <p role="status">{say("captions.listening")}</p>
            : (
              <div lang={state.language} dir="auto" class="captions-text">
                {sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
                {current === "" ? null : <p>{current}</p>}
              </div>
            )}
          <LanguageChoice captions={captions} language={state.language} />
        </div>
      );
    }
    default:
      return unreachable(state);
  }
}

/** People do not always speak the language of the page. */
function LanguageChoice({ captions, language }: CaptionsProps & { readonly language: string }) {
  const { say, words: { languages } } = useSpeaker();
  const found = captions.languages.value;
  if (found.length < 2) return null;
  return (
    <select
      class="captions-language"
      aria-label={say("captions.language")}
      value={language}
      onChange={(event) => void captions.turnOn(event.currentTarget.value)}
    >
      {languages.filter(({ locale }) => found.includes(withRegion(locale))).map((one) => (
        <option key={one.locale} value={withRegion(one.locale)} lang={one.locale}>
          {one.name}
        </option>
      ))}
    </select>
  );
}

/** Recognisers know "de-DE", not "de": the language where most of its speakers are (UTS #35). */
function withRegion(locale: string): string {
  const { language, region } = new Intl.Locale(locale).maximize();
  return region === undefined ? language : `${language}-${region}`;
}
