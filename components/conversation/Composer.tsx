import { useLayoutEffect, useRef } from "preact/hooks";
import { cleanText, MAX_TEXT, textLength } from "../../protocol/text.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { Icon } from "../Icon.tsx";
import { attachParts } from "./attach_parts.ts";
import type { Phrase } from "../../locales/phrase.ts";
import { useSay } from "../words.tsx";

/** From this many characters on, the ones left are counted. */
const COUNT_FROM = MAX_TEXT - 400;

/** Props of {@link Composer}. */
export interface ComposerProps {
  readonly session: OpenSession;
  /** Why nothing can be written now; null: something can. */
  readonly refusal: Phrase | null;
  /** Whether photos and files can be sent now. */
  readonly files: boolean;
  /** Move the cursor here when it appears, where there is a keyboard. */
  readonly focus: boolean;
}

/** Where a message is written. Enter sends, Shift+Enter begins a new line. */
export function Composer({ session, refusal, files, focus }: ComposerProps) {
  const say = useSay();
  const box = useRef<HTMLTextAreaElement>(null);
  const text = session.draft.value;
  const parts = attachParts();
  const chosen = session.files.value;
  // Before anything is painted: who sees it may type, or have gone on with Tab.
  useLayoutEffect(() => {
    // On a touch screen the keyboard would cover what one came to read.
    if (focus && matchMedia("(hover: hover)").matches) box.current?.focus({ preventScroll: true });
  }, []);
  if (refusal !== null) return <p class="composer-refusal">{say(refusal)}</p>;
  const length = textLength(text);
  const clean = cleanText(text);
  const empty = !clean.ok && clean.code === "text_empty";
  const sendable = clean.ok || (empty && chosen?.ready === true);
  const send = () => {
    if (!sendable) return;
    session.type("");
    // Text never waits for a photo: it goes at once, files follow as their bytes arrive.
    if (clean.ok) session.sender.add(clean.value);
    chosen?.send();
    box.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {files && parts !== null && chosen !== null ? <parts.AttachButtons box={chosen} /> : null}
      <textarea
        ref={box}
        class="composer-box"
        aria-label={say("conversation.message")}
        placeholder={say("conversation.message")}
        rows={1}
        dir="auto"
        enterkeyhint="send"
        value={text}
        aria-describedby={length >= COUNT_FROM ? "composer-count" : undefined}
        aria-invalid={length > MAX_TEXT}
        onInput={(event) => session.type(event.currentTarget.value)}
        onPaste={(event) => {
          const data = event.clipboardData;
          // What was copied from a document is text first, with a picture of it.
          if (!files || chosen === null || data === null || data.files.length === 0) return;
          if (data.types.includes("text/plain")) return;
          event.preventDefault();
          chosen.add(data.files);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      {length >= COUNT_FROM ? <Count left={MAX_TEXT - length} /> : null}
      <button
        type="submit"
        class="button button-primary composer-send"
        aria-label={say("conversation.send")}
        title={say("conversation.send")}
        disabled={!sendable}
      >
        <Icon name="send" />
      </button>
    </form>
  );
}

function Count({ left }: { readonly left: number }) {
  const say = useSay();
  return (
    <p id="composer-count" class={left < 0 ? "composer-count over" : "composer-count"}>
      {left < 0
        ? say("conversation.tooMany", { count: -left })
        : say("conversation.left", { count: left })}
    </p>
  );
}
