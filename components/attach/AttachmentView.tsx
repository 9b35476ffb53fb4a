import { useSignal } from "@preact/signals";
import type { OpenSession } from "../../client/open_session.ts";
import { type Attachment, isShown } from "../../protocol/attachment.ts";
import { fit } from "../../client/attach/photo.ts";
import { fileSize } from "../../client/format.ts";
import { useSay, useSpeaker } from "../words.tsx";
import { AttachIcon } from "./AttachIcon.tsx";

/** The longest side of a picture in the conversation, in CSS pixels. */
const LONGEST_SHOWN = 288;

/** Props of {@link AttachmentView}. */
export interface AttachmentViewProps {
  readonly session: OpenSession;
  readonly attachment: Attachment;
}

/** A file in the conversation: a picture that opens, or something to save. */
export function AttachmentView({ session, attachment }: AttachmentViewProps) {
  return isShown(attachment.type)
    ? <PictureView session={session} attachment={attachment} />
    : <FileView session={session} attachment={attachment} />;
}

function PictureView({ session, attachment }: AttachmentViewProps) {
  const say = useSay();
  /** How often it was fetched in vain; the number makes the browser ask anew. */
  const tries = useSignal(0);
  const failed = useSignal(false);
  const { name, picture } = attachment;
  // Its room is known before it is loaded: the log does not jump.
  const room = picture && fit(picture, LONGEST_SHOWN);
  if (failed.value) {
    return (
      <div class="attachment-lost">
        <p>{say("files.notLoaded")}</p>
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            tries.value++;
            failed.value = false;
          }}
        >
          {say("common.tryAgain")}
        </button>
      </div>
    );
  }
  const address = pictureAddress(session, attachment);
  return (
    <button
      type="button"
      class="attachment-picture"
      aria-label={say("files.open", { name })}
      onClick={() => session.shown.value = attachment}
    >
      <img
        src={tries.value === 0 ? address : `${address}?try=${tries.value}`}
        alt={name}
        width={room?.width}
        height={room?.height}
        loading="lazy"
        decoding="async"
        onError={() => failed.value = true}
      />
    </button>
  );
}

function FileView({ session, attachment }: AttachmentViewProps) {
  const speaker = useSpeaker();
  const { id, name, size } = attachment;
  return (
    <a
      class="attachment-file"
      href={session.fileAddress(id)}
      download={name}
      aria-label={speaker.say("files.save", { name })}
    >
      <AttachIcon name="file" />
      <span class="attachment-about">
        <span class="attachment-name" dir="auto">{name}</span>
        <span class="hint">{fileSize(speaker, size)}</span>
      </span>
      <AttachIcon name="save" />
    </a>
  );
}

/** A picture this page sent is here already. */
export function pictureAddress(session: OpenSession, { id }: Attachment): string {
  return session.files.peek()?.ownPicture(id) ?? session.fileAddress(id);
}
