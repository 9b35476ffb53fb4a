import { Composer } from "./Composer.tsx";
import { MessageLog, type MessageLogProps } from "./MessageLog.tsx";
import type { Phrase } from "../../locales/phrase.ts";

/** Props of {@link Conversation}. */
export interface ConversationProps extends MessageLogProps {
  /** Why nothing can be written now; null: something can. */
  readonly refusal: Phrase | null;
  /** Whether the cursor moves to the composer when the conversation opens. */
  readonly focus: boolean;
}

/** The messages of a session and the place to write one. */
export function Conversation({ refusal, focus, ...log }: ConversationProps) {
  return (
    <div class="conversation">
      <MessageLog {...log} />
      <Composer session={log.session} refusal={refusal} focus={focus} />
    </div>
  );
}
