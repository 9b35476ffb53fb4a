import { useSignal } from "@preact/signals";
import type { ChatService } from "../protocol/service.ts";
import { saveChatService } from "../client/api.ts";
import { useSay, WithWords } from "../components/words.tsx";
import type { Words } from "../locales/speaker.ts";
import type { Key } from "../locales/catalogue.ts";
import { type Phrase, phrase } from "../locales/phrase.ts";

const SWITCHES = [
  { key: "service", label: "admin.service", hint: "admin.serviceHint" },
  { key: "text", label: "admin.text", hint: "admin.textHint" },
  { key: "files", label: "admin.files", hint: "admin.filesHint" },
  { key: "voice", label: "admin.voice", hint: "admin.voiceHint" },
  { key: "video", label: "admin.video", hint: "admin.videoHint" },
] as const satisfies readonly { key: keyof ChatService; label: Key; hint: Key }[];

type Saving =
  | { readonly kind: "idle" }
  | { readonly kind: "saving" }
  | { readonly kind: "saved" }
  | { readonly kind: "failed"; readonly problem: Phrase };

/** Props of {@link ChatServiceSwitches}. */
export interface ChatServiceSwitchesProps {
  readonly initial: ChatService;
  readonly words: Words;
}

/** The switches of the whole deployment. */
export default function ChatServiceSwitches({ initial, words }: ChatServiceSwitchesProps) {
  return (
    <WithWords words={words}>
      <Switches initial={initial} />
    </WithWords>
  );
}

/** A switch that could not be saved goes back. */
function Switches({ initial }: { readonly initial: ChatService }) {
  const say = useSay();
  const settings = useSignal(initial);
  const saved = useSignal(initial);
  const saving = useSignal<Saving>({ kind: "idle" });
  const save = async () => {
    saving.value = { kind: "saving" };
    // One request at a time: what was switched meanwhile is in the next one.
    while (saved.peek() !== settings.peek()) {
      const wanted = settings.peek();
      const answer = await saveChatService(wanted);
      if (!answer.ok) {
        settings.value = saved.peek();
        saving.value = { kind: "failed", problem: answer.problem };
        return;
      }
      saved.value = wanted;
    }
    saving.value = { kind: "saved" };
  };
  const toggle = (key: keyof ChatService) => {
    settings.value = { ...settings.peek(), [key]: !settings.peek()[key] };
    if (saving.peek().kind !== "saving") void save();
  };
  return (
    <div class="stack">
      <ul class="switches">
        {SWITCHES.map(({ key, label, hint }) => (
          <li key={key} class="switch-row">
            <div>
              <p class="switch-label" id={`switch-${key}`}>{say(label)}</p>
              <p class="hint" id={`hint-${key}`}>{say(hint)}</p>
            </div>
            <button
              type="button"
              role="switch"
              class="switch"
              aria-labelledby={`switch-${key}`}
              aria-describedby={`hint-${key}`}
              aria-checked={settings.value[key] ? "true" : "false"}
              onClick={() => toggle(key)}
            />
          </li>
        ))}
      </ul>
      <p class={saving.value.kind === "failed" ? "field-error" : "hint"} aria-live="polite">
        {say(said(saving.value))}
      </p>
    </div>
  );
}

function said(saving: Saving): Phrase {
  switch (saving.kind) {
    case "idle":
      return phrase("admin.savedAsMade");
    case "saving":
      return phrase("admin.saving");
    case "saved":
      return phrase("admin.saved");
    case "failed":
      return phrase("admin.notSaved", { reason: saving.problem });
  }
}
