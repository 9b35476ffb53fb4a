/** The call over other windows, in a window of its own or as the bare picture. Loaded with a call. */
import { signal } from "@preact/signals";
import { render } from "preact";
import type { Speaker } from "../../locales/speaker.ts";
import { otherSide, type Side } from "../../protocol/receipts.ts";
import {
  followPip,
  leavePip,
  openPipWindow,
  pipFeatures,
  type PipKind,
  pipKind,
} from "../../client/call/pip.ts";
import type { CallClient } from "../../client/call/types.ts";
import { Avatar } from "../Avatar.tsx";
import { Speaking, useSay } from "../words.tsx";
import { Control } from "./Control.tsx";
import { VideoView } from "./VideoView.tsx";

/** What is shown. */
export interface PipContent {
  readonly client: CallClient;
  readonly side: Side;
  /** The other person or device. */
  readonly name: string;
  readonly speaker: Speaker;
  readonly onHangUp: () => void;
}

/** The window's size at first, in CSS pixels. */
const SIZE = [360, 300] as const;

/** One picture-in-picture at a time, until {@link Pip.end}. */
export class Pip {
  readonly open = signal(false);
  readonly #over = new AbortController();
  #shut: () => void = () => {};

  constructor(readonly kind: PipKind) {
    // Browsers have buttons of their own to open and close a picture.
    if (kind === "video") followPip((open) => this.open.value = open, this.#over.signal);
  }

  /** Opens it, in a tap, or closes it. Never rejects: where the browser does not want, nothing opens. */
  async toggle(content: PipContent): Promise<void> {
    if (this.open.peek()) return this.close();
    try {
      await (this.kind === "document" ? this.#openWindow(content) : this.#openPicture());
    } catch {
      this.open.value = false;
    }
  }

  /** Closes it. Idempotent. */
  close(): void {
    this.open.value = false;
    if (this.kind === "video") leavePip();
    this.#shut();
    this.#shut = () => {};
  }

  /** Closes it for good. */
  end(): void {
    this.close();
    this.#over.abort();
  }

  async #openWindow(content: PipContent): Promise<void> {
    const pip = await openPipWindow(...SIZE);
    const { documentElement: root, head, body } = pip.document;
    root.lang = document.documentElement.lang;
    root.dir = document.documentElement.dir;
    pip.document.title = content.name;
    const styles = document.querySelectorAll("link[rel=stylesheet], style");
    head.append(...[...styles].map((style) => style.cloneNode(true)));
    body.className = "pip";
    render(<PipStage {...content} />, body);
    pip.addEventListener("pagehide", () => {
      render(null, body);
      this.open.value = false;
    }, { once: true });
    this.#shut = () => pip.close();
    this.open.value = true;
  }

  async #openPicture(): Promise<void> {
    const video = document.querySelector<HTMLVideoElement>("video[data-view=main]");
    if (video === null) return;
    await video.requestPictureInPicture();
  }
}

/** What this browser has for a page of `side`; null: nothing. */
export function findPip(side: Side): Pip | null {
  const kind = pipKind(side, pipFeatures());
  return kind === null ? null : new Pip(kind);
}

function PipStage({ client, side, name, speaker, onHangUp }: PipContent) {
  return (
    <Speaking speaker={speaker}>
      <div class="stage">
        <PipPicture client={client} side={side} name={name} />
        <PipControls client={client} onHangUp={onHangUp} />
      </div>
    </Speaking>
  );
}

function PipPicture({ client, side, name }: Pick<PipContent, "client" | "side" | "name">) {
  const say = useSay();
  return (
    <>
      <VideoView
        stream={client.remoteVideo}
        participant={otherSide(side)}
        view="main"
        mirrored={false}
        label={say("call.videoOf", { name })}
        onElement={(element) => client.showIn(element)}
      />
      {client.remoteVideo.value === null ? <Avatar name={name} size="large" /> : null}
    </>
  );
}

function PipControls({ client, onHangUp }: Pick<PipContent, "client" | "onHangUp">) {
  const say = useSay();
  const muted = client.muted.value;
  return (
    <div class="call-controls" role="group" aria-label={say("call.group")}>
      <Control
        icon={muted ? "micOff" : "mic"}
        label={say(muted ? "call.unmute" : "call.mute")}
        off={muted}
        onClick={() => client.setMuted(!muted)}
      />
      <Control icon="hangUp" label={say("call.hangUp")} danger onClick={onHangUp} />
    </div>
  );
}
