import type { OpenSession } from "../../client/open_session.ts";
import type { Attachment } from "../../protocol/attachment.ts";
import { Modal } from "../Modal.tsx";
import { Icon } from "../Icon.tsx";
import { useSay } from "../words.tsx";
import { AttachIcon } from "./AttachIcon.tsx";
import { pictureAddress } from "./AttachmentView.tsx";

/** Props of {@link Lightbox}. */
export interface LightboxProps {
  readonly session: OpenSession;
  readonly attachment: Attachment;
}

/** A picture as large as the window; Escape closes it, and so does the end of the session. */
export function Lightbox({ session, attachment }: LightboxProps) {
  const say = useSay();
  const { id, name, picture } = attachment;
  const close = () => session.shown.value = null;
  return (
    <Modal role="dialog" title={name} class="lightbox" onClose={close}>
      <img
        class="lightbox-picture"
        src={pictureAddress(session, attachment)}
        alt={name}
        width={picture?.width}
        height={picture?.height}
      />
      <div class="modal-actions">
        <a class="button" href={session.fileAddress(id)} download={name}>
          <AttachIcon name="save" /> {say("files.saveThis")}
        </a>
        <button type="button" class="button button-primary" onClick={close}>
          <Icon name="close" /> {say("common.close")}
        </button>
      </div>
    </Modal>
  );
}
