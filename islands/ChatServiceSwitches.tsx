import { useSignal } from "@preact/signals";
import type { ChatService } from "../protocol/service.ts";
import { saveChatService } from "../client/api.ts";

const SWITCHES = [
  { key: "service", label: "Chat service", hint: "Off: the status of every device is Disabled." },
  { key: "text", label: "Text", hint: "Messages in a session." },
  { key: "files", label: "Files", hint: "Photos and files in a session. They need text." },
  { key: "voice", label: "Voice", hint: "Calls. Video needs them too." },
  { key: "video", label: "Video", hint: "Cameras in calls." },
] as const satisfies readonly { key: keyof ChatService; label: string; hint: string }[];

type Saving =
  | { readonly kind: "idle" }
  | { readonly kind: "saving" }
  | { readonly kind: "saved" }
  | { readonly kind: "failed"; readonly sentence: string };

/** Props of {@link ChatServiceSwitches}. */
export interface ChatServiceSwitchesProps {
  readonly initial: ChatService;
}

/** The switches of the whole deployment. A switch that could not be saved goes back. */
export default function ChatServiceSwitches({ initial }: ChatServiceSwitchesProps) {
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
        saving.value = { kind: "failed", sentence: answer.sentence };
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
              <p class="switch-label" id={`switch-${key}`}>{label}</p>
              <p class="hint" id={`hint-${key}`}>{hint}</p>
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
        {said(saving.value)}
      </p>
    </div>
  );
}

function said(saving: Saving): string {
  switch (saving.kind) {
    case "idle":
      return "Changes are saved as you make them.";
    case "saving":
      return "Saving…";
    case "saved":
      return "Saved. It holds for everyone now.";
    case "failed":
      return `Not saved. ${saving.sentence}`;
  }
}
