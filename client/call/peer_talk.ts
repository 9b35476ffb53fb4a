/** What this page of a call and the other one tell each other, past the web processes. */
import type { PeerMessage } from "../../protocol/peer_messages.ts";

type Type = PeerMessage["type"];
type Listener = (message: PeerMessage) => void;

/** What the two pages of a call tell each other past the web processes; nothing of it is kept. */
export interface PeerTalk {
  /** Never rejects. False: the other page was not there to hear it. */
  tell(message: PeerMessage): Promise<boolean>;
  /** Calls `heard` for every message of that type; returns what stops it. */
  on<T extends PeerMessage["type"]>(
    type: T,
    heard: (message: Extract<PeerMessage, { type: T }>) => void,
  ): () => void;
  /**
   * Calls `met` whenever the two pages meet: also when one was replaced by another of the same
   * person, which `peerPresent` does not show. Returns what stops it.
   */
  onMeeting(met: () => void): () => void;
}

/** The listeners of a page, and the link of the moment. */
export class PeerExchange implements PeerTalk {
  readonly #listeners = new Map<Type, Set<Listener>>();
  readonly #meetings = new Set<() => void>();
  readonly #send: (message: PeerMessage) => Promise<boolean>;

  /** `send` says whether the other page was there to hear it, and never rejects. */
  constructor(send: (message: PeerMessage) => Promise<boolean>) {
    this.#send = send;
  }

  tell(message: PeerMessage): Promise<boolean> {
    return this.#send(message);
  }

  on<T extends Type>(
    type: T,
    heard: (message: Extract<PeerMessage, { type: T }>) => void,
  ): () => void {
    const listener: Listener = (message) => {
      if (isOf(message, type)) heard(message);
    };
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  onMeeting(met: () => void): () => void {
    this.#meetings.add(met);
    return () => this.#meetings.delete(met);
  }

  /** The other page is there, perhaps another one than before. */
  meet(): void {
    for (const met of this.#meetings) met();
  }

  /** The other page said something. */
  hear(message: PeerMessage): void {
    for (const listener of this.#listeners.get(message.type) ?? []) listener(message);
  }
}

function isOf<T extends Type>(
  message: PeerMessage,
  type: T,
): message is Extract<PeerMessage, { type: T }> {
  return message.type === type;
}
