/** Sends what a page captures over the link of the moment. */
import type { MediaTicket } from "../../protocol/messages.ts";
import type { Kind, MediaLink } from "./media_link.ts";
import { MediaLost, MediaRefused } from "./media_socket.ts";
import { noRights, refusal } from "./problems.ts";
import type { CallProblem } from "./types.ts";

/** What a publisher needs. */
export interface PublisherPorts {
  /** What there is to send of `kind`. */
  track(kind: Kind): MediaStreamTrack | null;
  /** Whether nothing of it is to reach the other side now. */
  silent(kind: Kind): boolean;
  /** Null: there is none now; all is sent again over the next one. */
  link(): MediaLink | null;
  /** As `CallPorts.rights`. */
  rights(wanted: () => boolean): Promise<MediaTicket>;
  /** What was captured may not be sent, or nobody can say whether it may. */
  refused(kind: Kind, why: CallProblem): void;
}

/** Keeps what is sent in line with what there is. */
export class Publisher {
  constructor(private readonly ports: PublisherPorts) {}

  /** Sends what there is of `kind` now. Never rejects. */
  async send(kind: Kind): Promise<void> {
    const link = this.ports.link();
    if (link === null) return;
    try {
      if (!link.allows(kind) && !await this.#renew(kind, link)) return;
      await link.set(kind, this.ports.track(kind), this.ports.silent(kind));
    } catch (error) {
      // Anything else: the link broke, another one follows, and all is sent again over that.
      if (error instanceof MediaRefused && link === this.ports.link()) {
        this.ports.refused(kind, refusal(error.code));
      }
    }
  }

  /** What was not allowed may be by now: a fresh ticket says so. False: there is none, or no need. */
  async #renew(kind: Kind, link: MediaLink): Promise<boolean> {
    const wanted = () => !this.ports.silent(kind) && link === this.ports.link();
    if (!wanted()) return false;
    try {
      const ticket = await this.ports.rights(wanted);
      if (!wanted()) return false;
      await link.renew(ticket);
      return true;
    } catch (error) {
      // The node's own answer, or the end of the link.
      if (error instanceof MediaRefused || error instanceof MediaLost) throw error;
      if (wanted()) this.ports.refused(kind, noRights(error));
      return false;
    }
  }
}
