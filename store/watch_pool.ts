/**
 * Watches that share streams. An open stream takes about 12 KB whatever it watches, and Deno KV
 * takes ten keys a stream: for keys that seldom change, five watches of two keys share one.
 */
import { type Ring, watchKeys } from "./watch.ts";

/** Deno KV's limit: keys in one watch. */
const MAX_KEYS = 10;

/** How long a new watch waits for others to come with it, in milliseconds. */
const GATHER_MS = 10;

interface Member {
  readonly keys: readonly Deno.KvKey[];
  readonly ring: Ring;
  /** The versions of its keys it last heard of; null: it heard nothing yet. */
  heard: string | null;
  /** The stream it shares; null: not yet. */
  shared: SharedWatch | null;
}

/** Hands out watches on one Deno KV. */
export class WatchPool {
  readonly #kv: Deno.Kv;
  readonly #roomy = new Set<SharedWatch>();
  readonly #gathering = new Set<Member>();
  #callOff: () => void = () => {};

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** As {@link watchKeys}, for keys that may ring a moment later than they could. */
  watch(keys: readonly Deno.KvKey[], ring: Ring): () => void {
    const member: Member = { keys, ring, heard: null, shared: null };
    if (this.#gathering.size === 0) {
      const timer = setTimeout(() => this.#open(), GATHER_MS);
      this.#callOff = () => clearTimeout(timer);
    }
    this.#gathering.add(member);
    return () => this.#leave(member);
  }

  /** A stream's keys are fixed, so who comes together is let in together. */
  #open(): void {
    const joined = new Set<SharedWatch>();
    for (const member of this.#gathering) {
      const shared = this.#withRoom(member.keys.length);
      shared.add(member);
      joined.add(shared);
      if (!shared.hasRoom(1)) this.#roomy.delete(shared);
    }
    this.#gathering.clear();
    for (const shared of joined) shared.open();
  }

  #withRoom(keys: number): SharedWatch {
    for (const shared of this.#roomy) if (shared.hasRoom(keys)) return shared;
    const fresh = new SharedWatch(this.#kv);
    this.#roomy.add(fresh);
    return fresh;
  }

  #leave(member: Member): void {
    const { shared } = member;
    if (shared === null) {
      this.#gathering.delete(member);
      if (this.#gathering.size === 0) this.#callOff();
      return;
    }
    shared.delete(member);
    if (shared.hasRoom(MAX_KEYS)) this.#roomy.delete(shared);
    else this.#roomy.add(shared);
  }
}

/** One stream and whom it rings for. */
class SharedWatch {
  readonly #kv: Deno.Kv;
  readonly #members = new Set<Member>();
  #stop: () => void = () => {};

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  hasRoom(keys: number): boolean {
    let taken = keys;
    for (const member of this.#members) taken += member.keys.length;
    return taken <= MAX_KEYS;
  }

  add(member: Member): void {
    member.shared = this;
    this.#members.add(member);
  }

  /** Watches the keys of all members; says at once what changed while the stream was another. */
  open(): void {
    this.#stop();
    const members = [...this.#members];
    const keys = members.flatMap((one) => one.keys);
    this.#stop = watchKeys(this.#kv, keys, (entries) => this.#tell(members, entries));
  }

  /** Its keys are watched on, for nobody, until the stream is opened anew. */
  delete(member: Member): void {
    this.#members.delete(member);
    if (this.#members.size === 0) this.#stop();
  }

  #tell(members: readonly Member[], entries: Parameters<Ring>[0]): void {
    let from = 0;
    for (const member of members) {
      const own = entries.slice(from, from + member.keys.length);
      from += member.keys.length;
      const heard = own.map(({ versionstamp }) => versionstamp).join();
      if (heard === member.heard || !this.#members.has(member)) continue;
      member.heard = heard;
      member.ring(own);
    }
  }
}
