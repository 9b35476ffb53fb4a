/** Being on two nodes: a call that moves is still heard on the node before until it is on the new one. */
import type { Kind, LinkEvents } from "./media_link.ts";

/** What an overlap does. */
export interface OverlapPorts extends Pick<LinkEvents, "remote" | "peer"> {
  /** This page hears the other one over the new node: tell it so, there. */
  heard(): void;
  /** Leaves the node before; nothing is done here any more. Called once. */
  leave(): void;
}

/** On the old node a page stays until both hear each other on the new node; no longer than this. */
const OVERLAP_MS = 3_000;

/** The stay before, from joining the new node on until {@link Overlap.end}, which comes by itself. */
export class Overlap {
  readonly #ports: OverlapPorts;
  readonly #timer = setTimeout(() => this.end(), OVERLAP_MS);
  /** What comes over the new node but has not arrived yet. */
  readonly #waiting = new Map<Kind, MediaStreamTrack>();
  #hears = false;
  #isHeard = false;
  /** The other page has not come to the new node yet, and may still be on the one before. */
  #absent = false;
  #over = false;

  constructor(ports: OverlapPorts) {
    this.#ports = ports;
  }

  /** Leaves the node before, and says what was held back. Idempotent. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#ports.leave();
    for (const [kind, track] of this.#waiting) this.#ports.remote(kind, track);
    if (this.#absent) this.#ports.peer(false);
  }

  /** While the other page may still be on the node before, it is not gone. */
  peer(present: boolean): void {
    this.#absent = !present;
    if (present) this.#ports.peer(true);
  }

  /**
   * What is received is played in the place of what comes over the node before, once anything of it
   * has arrived: until then the track is muted (W3C mediacapture-main, 4.3.3).
   */
  remote(...[kind, track]: Parameters<LinkEvents["remote"]>): void {
    if (track?.muted) return this.#await(kind, track);
    this.#ports.remote(kind, track);
    if (kind === "audio" && !this.#hears) {
      this.#hears = true;
      this.#ports.heard();
    }
    this.#mayEnd();
  }

  /** The other page hears this one over the new node. */
  isHeard(): void {
    this.#isHeard = true;
    this.#mayEnd();
  }

  #await(kind: Kind, track: MediaStreamTrack): void {
    this.#waiting.set(kind, track);
    track.addEventListener("unmute", () => {
      if (this.#over || this.#waiting.get(kind) !== track) return;
      this.#waiting.delete(kind);
      this.remote(kind, track);
    }, { once: true });
  }

  /** Who leaves takes what it sends along: hearing the other is not enough. */
  #mayEnd(): void {
    if (this.#hears && this.#isHeard && this.#waiting.size === 0) this.end();
  }
}
