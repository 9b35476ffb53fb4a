import { useEffect } from "preact/hooks";
import { ShownSession } from "./AttachmentSlot.tsx";
import { attachParts } from "./attach_parts.ts";
import { Composer } from "./Composer.tsx";
import { MessageLog, type MessageLogProps } from "./MessageLog.tsx";
import type { Phrase } from "../../locales/phrase.ts";

/** Props of {@link Conversation}. */
export interface ConversationProps extends MessageLogProps {
  /** Why nothing can be written now; null: something can. */
  readonly refusal: Phrase | null;
  /** Whether photos and files can be sent now (M1). */
  readonly files: boolean;
  /** Whether the cursor moves to the composer when the conversation opens. */
  readonly focus: boolean;
}

/** The messages of a session and the place to write one. */
export function Conversation({ refusal, files, focus, ...log }: ConversationProps) {
  const { session } = log;
  const parts = attachParts();
  const box = session.files.value;
  const shown = session.shown.value;
  const sends = files && refusal === null;
  useEffect(() => {
    if (parts !== null) session.openFiles(parts.openFileBox);
  }, [parts]);
  return (
    <ShownSession.Provider value={session}>
      <div class="conversation">
        <MessageLog {...log} />
        {parts !== null && box !== null ? <parts.FileTray box={box} /> : null}
        <Composer session={session} refusal={refusal} files={files} focus={focus} />
        {parts !== null && box !== null && sends ? <parts.DropZone box={box} /> : null}
        {parts !== null && shown !== null
          ? <parts.Lightbox session={session} attachment={shown} />
          : null}
      </div>
    </ShownSession.Provider>
  );
}
