/**
 * Pictures between the two pages of a call: who holds one says so, and the other asks for its parts,
 * as many as the line takes. After a broken connection it asks for what is still missing.
 */
import { signal } from "@preact/signals";
import type { PeerMessage } from "../../../protocol/peer_messages.ts";
import type { PeerTalk } from "../peer_talk.ts";
import { Assembly, cut } from "./parts.ts";
import { type Picture, unpack } from "./picture.ts";

type Announced = Extract<PeerMessage, { type: "picture" }>;
type Asked = Extract<PeerMessage, { type: "picture_ask" }>;
type Part = Extract<PeerMessage, { type: "picture_part" }>;

/** A picture that is wanted from the other page. */
interface Wanted {
  readonly arrived: (picture: Picture) => void;
  coming: { readonly announced: Announced; readonly assembly: Assembly } | null;
}

/** The pictures of one page: at most the frozen one and a snapshot. */
export class PictureExchange {
  /** How much of each wanted picture is here, from 0 to 1. */
  readonly progress = signal<ReadonlyMap<string, number>>(new Map());
  readonly #held = new Map<string, Picture>();
  readonly #wanted = new Map<string, Wanted>();
  readonly #wake: () => void;
  #asked: Asked[] = [];

  /** `wake`: there is something for {@link next} to say. */
  constructor(peer: PeerTalk, wake: () => void) {
    this.#wake = wake;
    peer.on("picture", (announced) => this.#announced(announced));
    peer.on("picture_ask", (asked) => this.#ask(asked));
    peer.on("picture_part", (part) => this.#take(part));
    peer.onMeeting(() => this.#askAgain());
  }

  /** The picture of that name, if it is here. */
  get(id: string): Picture | null {
    return this.#held.get(id) ?? null;
  }

  /** Keeps a picture for the other page to ask for. */
  hold(picture: Picture): void {
    this.#held.get(picture.id)?.image.close();
    this.#held.set(picture.id, picture);
  }

  /** Says that the picture is here; null: it is not. */
  announcement(id: string): Announced | null {
    const held = this.#held.get(id);
    if (held === undefined) return null;
    const { copy, width, height, bytes } = held;
    return { type: "picture", picture: id, copy, width, height, bytes: bytes.length };
  }

  /** Fetches the picture once the other page says it has it. */
  want(id: string, arrived: (picture: Picture) => void): void {
    this.#wanted.set(id, { arrived, coming: this.#wanted.get(id)?.coming ?? null });
  }

  /** Forgets every picture but these, and what is on its way of others. */
  keep(ids: readonly (string | null)[]): void {
    for (const [id, { image }] of this.#held) {
      if (ids.includes(id)) continue;
      image.close();
      this.#held.delete(id);
    }
    for (const id of this.#wanted.keys()) if (!ids.includes(id)) this.#wanted.delete(id);
    this.#asked = this.#asked.filter(({ picture }) => ids.includes(picture));
    this.#tellProgress();
  }

  /** The next thing to say to the other page; null: nothing. */
  next(): PeerMessage | null {
    for (let asked = this.#asked.shift(); asked !== undefined; asked = this.#asked.shift()) {
      const { picture, copy, part } = asked;
      const held = this.#held.get(picture);
      const data = held?.copy === copy ? cut(held.bytes, part) : null;
      if (data !== null) return { type: "picture_part", picture, copy, part, data };
    }
    for (const [picture, { coming }] of this.#wanted) {
      const part = coming?.assembly.ask() ?? null;
      if (coming === null || part === null) continue;
      return { type: "picture_ask", picture, copy: coming.announced.copy, part };
    }
    return null;
  }

  #announced(announced: Announced): void {
    const wanted = this.#wanted.get(announced.picture);
    if (wanted === undefined) return;
    if (wanted.coming?.announced.copy !== announced.copy) {
      wanted.coming = { announced, assembly: new Assembly(announced.bytes) };
    }
    this.#tellProgress();
    this.#wake();
  }

  #ask(asked: Asked): void {
    // Whoever asks keeps to a window; one who does not gets the newest only.
    this.#asked = [...this.#asked, asked].slice(-8);
    this.#wake();
  }

  #take({ picture: id, copy, part, data }: Part): void {
    const wanted = this.#wanted.get(id);
    if (wanted === undefined || wanted.coming?.announced.copy !== copy) return;
    const { assembly } = wanted.coming;
    assembly.take(part, data);
    this.#tellProgress();
    this.#wake();
    const bytes = assembly.whole();
    if (bytes === null) return;
    wanted.coming = null;
    void unpack(id, copy, bytes).then((picture) => this.#arrived(wanted, picture), () => {
      // Not a picture: the other page made it, and can only make it again.
    });
  }

  #arrived(wanted: Wanted, picture: Picture): void {
    if (this.#wanted.get(picture.id) !== wanted) return picture.image.close();
    this.#wanted.delete(picture.id);
    this.hold(picture);
    this.#tellProgress();
    wanted.arrived(picture);
  }

  #askAgain(): void {
    this.#asked = [];
    for (const { coming } of this.#wanted.values()) coming?.assembly.askAgain();
    this.#wake();
  }

  #tellProgress(): void {
    // As an array: iterators of browsers before 2025 (Safari 18.4) have no `map`.
    const wanted = [...this.#wanted];
    this.progress.value = new Map(
      wanted.map(([id, { coming }]) => [id, coming?.assembly.progress ?? 0]),
    );
  }
}
