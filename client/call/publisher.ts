/** Sends what a page captures over the link of the moment. */
import type { MediaTicket } from "../../protocol/messages.ts";
import type { Kind, MediaLink } from "./media_link.ts";
import { MediaRefused } from "./media_socket.ts";

/** What a publisher needs. */
export interface PublisherPorts {
  /** What there is to send of `kind`. */
  track(kind: Kind): MediaStreamTrack | null;
  /** Whether nothing of it is to reach the other side now. */
  silent(kind: Kind): boolean;
  /** Null: there is none now; all is sent again over the next one. */
  link(): MediaLink | null;
  ticket(): Promise<MediaTicket>;
  /** What was captured may not be sent. */
  refused(kind: Kind, why: MediaRefused): void;
}

/** Keeps what is sent in line with what there is. */
export class Publisher {
  constructor(private readonly ports: PublisherPorts) {}

  /** Sends what there is of `kind` now. Never rejects. */
  async send(kind: Kind): Promise<void> {
    const link = this.ports.link();
    if (link === null) return;
    try {
      if (!link.allows(kind)) {
        if (this.ports.silent(kind)) return;
        await this.#renew(link);
      }
      await link.set(kind, this.ports.track(kind), this.ports.silent(kind));
    } catch (error) {
      // Anything else: the link broke, another one follows, and all is sent again over that.
      if (error instanceof MediaRefused && link === this.ports.link()) {
        this.ports.refused(kind, error);
      }
    }
  }

  /** What was not allowed may be by now: a fresh ticket says so. */
  async #renew(link: MediaLink): Promise<void> {
    const ticket = await this.ports.ticket().catch(() => {
      throw new MediaRefused("internal");
    });
    await link.renew(ticket);
  }
}
