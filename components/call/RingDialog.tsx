import type { ComponentChildren } from "preact";
import { type CallOffers, offerReason } from "../../client/call_options.ts";
import { Avatar } from "../Avatar.tsx";
import { Icon } from "../Icon.tsx";
import { Modal } from "../Modal.tsx";
import type { Phrase } from "../../locales/phrase.ts";
import { useSay } from "../words.tsx";

/** Props of {@link RingDialog}. */
export interface RingDialogProps {
  readonly title: string;
  /** Who is calling. */
  readonly name: string;
  readonly offers: CallOffers;
  /** Why the last answer did not get through. */
  readonly problem: Phrase | null;
  /** An answer is on its way. */
  readonly busy: boolean;
  readonly onAccept: (as: "voice" | "video" | "text") => void;
  /** Whether it can be accepted for text alone. */
  readonly textOnly: boolean;
  readonly onReject: () => void;
  readonly children: ComponentChildren;
}

/** Something rings: who it is, and big answers. What is not available is not offered. */
export function RingDialog(props: RingDialogProps) {
  const { title, name, offers, problem, busy, onAccept, textOnly, onReject, children } = props;
  const say = useSay();
  const reason = offerReason(offers);
  return (
    <Modal role="alertdialog" title={title} class="ring">
      <div class="ring-who">
        <span class="ring-pulse">
          <Avatar name={name} size="large" />
        </span>
        <p class="ring-name" dir="auto">{name}</p>
        <p>{children}</p>
      </div>
      <div class="ring-answers">
        {offers.video.ok
          ? (
            <button
              type="button"
              class="button button-answer"
              aria-disabled={busy}
              onClick={() => onAccept("video")}
            >
              <Icon name="camera" /> {say("call.acceptVideo")}
            </button>
          )
          : null}
        {offers.voice.ok
          ? (
            <button
              type="button"
              class="button button-answer"
              aria-disabled={busy}
              onClick={() => onAccept("voice")}
            >
              <Icon name="phone" /> {say("call.acceptVoice")}
            </button>
          )
          : null}
        {textOnly && !offers.voice.ok
          ? (
            <button
              type="button"
              class="button button-answer"
              aria-disabled={busy}
              onClick={() => onAccept("text")}
            >
              <Icon name="chat" /> {say("call.acceptText")}
            </button>
          )
          : null}
        <button type="button" class="button button-danger" aria-disabled={busy} onClick={onReject}>
          <Icon name="close" /> {say("call.reject")}
        </button>
        {reason === null ? null : <p class="hint">{say(reason)}</p>}
        {problem === null ? null : <p class="field-error" role="alert">{say(problem)}</p>}
      </div>
    </Modal>
  );
}
