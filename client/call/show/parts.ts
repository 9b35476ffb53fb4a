/** A picture cut into parts, and put together again from parts that come in any order. */
import { PART_BYTES } from "../../../protocol/show_messages.ts";

/** So many parts are asked for at once: a thin line never holds more than these two. */
const WINDOW = 2;

/** How many parts that many bytes make. */
export function partsOf(bytes: number): number {
  return Math.ceil(bytes / PART_BYTES);
}

/** Part `part` of `bytes`, as base64; null: there is none. */
export function cut(bytes: Uint8Array, part: number): string | null {
  const slice = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
  return slice.length === 0 ? null : btoa(String.fromCharCode(...slice));
}

/** One picture on its way here. */
export class Assembly {
  readonly #parts: (Uint8Array<ArrayBuffer> | null)[];
  readonly #asked = new Set<number>();

  constructor(readonly bytes: number) {
    this.#parts = Array.from({ length: partsOf(bytes) }, () => null);
  }

  /** How much of it is here, from 0 to 1. */
  get progress(): number {
    return this.#parts.filter((part) => part !== null).length / this.#parts.length;
  }

  /** The next part to ask for; null: enough was asked for, for now. */
  ask(): number | null {
    if (this.#asked.size >= WINDOW) return null;
    const part = this.#parts.findIndex((part, at) => part === null && !this.#asked.has(at));
    if (part === -1) return null;
    this.#asked.add(part);
    return part;
  }

  /** What was asked for may not come: ask again. */
  askAgain(): void {
    this.#asked.clear();
  }

  /** Takes a part; what does not fit, or came before, changes nothing. */
  take(part: number, data: string): void {
    this.#asked.delete(part);
    const bytes = decode(data);
    const size = Math.min(PART_BYTES, this.bytes - part * PART_BYTES);
    if (bytes?.length === size && part < this.#parts.length) this.#parts[part] = bytes;
  }

  /** The whole picture; null: something is missing. */
  whole(): Uint8Array<ArrayBuffer> | null {
    const all = new Uint8Array(this.bytes);
    for (const [at, part] of this.#parts.entries()) {
      if (part === null) return null;
      all.set(part, at * PART_BYTES);
    }
    return all;
  }
}

function decode(data: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
