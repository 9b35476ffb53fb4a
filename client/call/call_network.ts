/** What a call makes of its network: how much of the pictures goes over the link of the moment. */
import type { MediaLink } from "./media_link.ts";
import type { PictureFlow } from "./picture_floor.ts";
import { Quality } from "./quality.ts";
import type { CallClient } from "./types.ts";
import { ViewWatch } from "./view_watch.ts";

/** Of one page, over all links of its calls. */
export class CallNetwork {
  readonly quality: Quality;
  readonly #view = new ViewWatch(() => this.#want(this.quality.receiving));
  #link: MediaLink | null = null;

  constructor({ peer, phase, peerPresent }: Pick<CallClient, "peer" | "phase" | "peerPresent">) {
    this.quality = new Quality({
      tell: (message) => void peer.tell(message),
      flow: (sends, receives) => {
        void this.#link?.let(sends);
        this.#want(receives);
      },
    });
    peer.on("quality", (message) => this.quality.heard(message));
    peerPresent.subscribe((present) => this.quality.otherPresent(present));
    phase.subscribe((now) => {
      if (now === "reconnecting" || now === "connected") this.quality.works(now === "connected");
    });
  }

  /** The other side's picture is shown in `element` until the returned function is called. */
  readonly showIn = (element: HTMLVideoElement): () => void => this.#view.watch(element);

  /** Everything goes over this link now, of whose network nothing is known. */
  linked(link: MediaLink): void {
    this.#link = link;
    this.quality.linked();
    this.#want("flows");
  }

  /** The call is over. */
  forget(): void {
    this.#link = null;
    this.quality.forget();
  }

  #want(flow: PictureFlow): void {
    this.#link?.want({ view: this.#view.view, flow });
  }
}
