/** Sends what is shown at a pace the media node allows, newest first where only that counts. */
import type { PeerMessage } from "../../../protocol/peer_messages.ts";

/** Milliseconds between two messages: the node takes 40 a second, of everything this page says. */
const PACE = 40;
/** So many may be on their way: more would only queue up on a thin line. */
const IN_FLIGHT = 3;

/** Does something after so many milliseconds. */
export type Later = (run: () => void, milliseconds: number) => void;

/** What has something to say, whenever its turn comes; null: nothing now. */
export type Source = () => PeerMessage | null;

/** Says what was handed to {@link Courier.say} in order, and what its sources have in turn. */
export class Courier {
  readonly #tell: (message: PeerMessage) => Promise<boolean>;
  readonly #sources: readonly Source[];
  #waiting: PeerMessage[] = [];
  #turn = 0;
  #inFlight = 0;
  readonly #later: Later;
  #pausing = false;

  /** `tell` never rejects. */
  constructor(
    tell: (message: PeerMessage) => Promise<boolean>,
    sources: readonly Source[],
    later: Later = setTimeout,
  ) {
    this.#tell = tell;
    this.#sources = sources;
    this.#later = (run, milliseconds) => later(run, milliseconds);
  }

  /** Says this once, after what was said before. */
  say(message: PeerMessage): void {
    this.#waiting.push(message);
    this.wake();
  }

  /** A source has something to say. */
  wake(): void {
    if (this.#pausing || this.#inFlight >= IN_FLIGHT) return;
    const message = this.#next();
    if (message === null) return;
    this.#inFlight++;
    void this.#tell(message).finally(() => {
      this.#inFlight--;
      this.wake();
    });
    this.#pausing = true;
    this.#later(() => {
      this.#pausing = false;
      this.wake();
    }, PACE);
  }

  /** Forgets what was not said yet. */
  forget(): void {
    this.#waiting = [];
  }

  #next(): PeerMessage | null {
    const first = this.#waiting.shift();
    if (first !== undefined) return first;
    for (let n = 0; n < this.#sources.length; n++) {
      const source = this.#sources[this.#turn++ % this.#sources.length];
      const message = source?.() ?? null;
      if (message !== null) return message;
    }
    return null;
  }
}
