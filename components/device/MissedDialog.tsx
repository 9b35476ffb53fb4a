import { Avatar } from "../Avatar.tsx";
import { Icon } from "../Icon.tsx";
import { Modal } from "../Modal.tsx";
import type { Phrase } from "../../locales/phrase.ts";
import { useSay } from "../words.tsx";

/** Props of {@link MissedDialog}. */
export interface MissedDialogProps {
  /** The technician who rang. */
  readonly name: string;
  /** Why the last answer did not get through. */
  readonly problem: Phrase | null;
  readonly busy: boolean;
  readonly onOpen: () => void;
  readonly onReject: () => void;
}

/** Nobody answered in time; the technician still waits (rule S4). */
export function MissedDialog({ name, problem, busy, onOpen, onReject }: MissedDialogProps) {
  const say = useSay();
  return (
    <Modal role="alertdialog" title={say("device.missedSession")} class="ring">
      <div class="ring-who">
        <Avatar name={name} size="large" />
        <p class="ring-name" dir="auto">{name}</p>
        <p>{say("device.wantedToHelp")}</p>
      </div>
      <div class="ring-answers">
        <button type="button" class="button button-answer" aria-disabled={busy} onClick={onOpen}>
          <Icon name="chat" /> {say("device.liveSupport")}
        </button>
        <button type="button" class="button button-danger" aria-disabled={busy} onClick={onReject}>
          <Icon name="close" /> {say("call.reject")}
        </button>
        {problem === null ? null : <p class="field-error" role="alert">{say(problem)}</p>}
      </div>
    </Modal>
  );
}
