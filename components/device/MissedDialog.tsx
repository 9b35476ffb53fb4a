import { Avatar } from "../Avatar.tsx";
import { Icon } from "../Icon.tsx";
import { Modal } from "../Modal.tsx";

/** Props of {@link MissedDialog}. */
export interface MissedDialogProps {
  /** The technician who rang. */
  readonly name: string;
  /** Why the last answer did not get through. */
  readonly problem: string | null;
  readonly busy: boolean;
  readonly onOpen: () => void;
  readonly onReject: () => void;
}

/** Nobody answered in time; the technician still waits (rule S4). */
export function MissedDialog({ name, problem, busy, onOpen, onReject }: MissedDialogProps) {
  return (
    <Modal role="alertdialog" title="Missed Live Support session" class="ring">
      <div class="ring-who">
        <Avatar name={name} size="large" />
        <p class="ring-name" dir="auto">{name}</p>
        <p>wanted to help you and is still waiting for your answer.</p>
      </div>
      <div class="ring-answers">
        <button type="button" class="button button-answer" aria-disabled={busy} onClick={onOpen}>
          <Icon name="chat" /> Live Support
        </button>
        <button type="button" class="button button-danger" aria-disabled={busy} onClick={onReject}>
          <Icon name="close" /> Reject
        </button>
        {problem === null ? null : <p class="field-error" role="alert">{problem}</p>}
      </div>
    </Modal>
  );
}
