/** Sessions and their messages: one atomic commit per step, the head's versionstamp decides. */
import { logFailure } from "../log/log.ts";
import {
  type EndReason,
  type Message,
  messageWeight,
  type OutboxEntry,
  type Session,
} from "../protocol/session.ts";
import { Committer } from "./committer.ts";
import { peopleKeys, presenceKeys, sessionKeys } from "./keys.ts";
import { eraseRemains, sessionsWithRemains } from "./remains.ts";
import { watchKeys } from "./watch.ts";

/** A head as it lies in the store; `version` is its versionstamp, what the next commit checks. */
export interface StoredSession {
  readonly session: Session;
  readonly version: string;
}

/** What `["device_session", id]` holds: enough for the console's list without reading heads. */
export interface DeviceSession {
  readonly session: string;
  readonly technician: { readonly id: string; readonly name: string };
}

/** What became of a start. */
export type StartResult =
  | { readonly kind: "started"; readonly version: string }
  | { readonly kind: "held"; readonly by: DeviceSession }
  | { readonly kind: "no_device" };

/** Why a session ended and on which page, by the random name pages have: nothing else is kept (S8). */
export interface SessionEnd {
  readonly reason: EndReason;
  readonly by: string;
}

/**
 * For how long an end says why, in milliseconds: until pages in other processes, and those that are
 * just changing from one to another, have asked.
 */
export const END_TOLD_MS = 60_000;

/**
 * For how long an end that failed may still happen, in milliseconds, once the store answers again:
 * longer than a commit can be on its way.
 */
const MAY_STILL_END_MS = 60_000;

/** How many messages one commit may carry, so that it stays within Deno KV's limits. */
export const MAX_MESSAGES_A_COMMIT = 200;

/**
 * How much text one commit may carry, in UTF-16 units: two bytes each at most, as V8 serialises
 * them. Deno KV takes 800 KiB a commit; the rest of a message is 200 bytes at most.
 */
export const MAX_TEXT_A_COMMIT = 150_000;

/** What a head counts for beside its messages, in the same units: more than a full one has. */
const HEAD_WEIGHT = 8000;

interface StoredEnd extends SessionEnd {
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** What the database is, beside a Deno KV. */
export interface Database {
  /** Called when something was deleted of which nothing may remain. */
  readonly erased?: () => void;
  /** No other process has it, so nobody else moves a session. */
  readonly alone?: boolean;
}

/** The store of sessions on one Deno KV. Everything an actor may do to a session goes through it. */
export class SessionStore {
  readonly #kv: Deno.Kv;
  readonly #committer: Committer;
  /**
   * Ended here, and whether all of it is erased is not known; with when its head was first found to
   * be there nevertheless, or null.
   */
  readonly #unfinished = new Map<string, number | null>();
  readonly #now: () => number;
  readonly #erased: () => void;
  readonly #alone: boolean;

  constructor(kv: Deno.Kv, now: () => number = Date.now, database: Database = {}) {
    const { erased = () => {}, alone = false } = database;
    this.#kv = kv;
    this.#now = now;
    this.#erased = erased;
    this.#alone = alone;
    this.#committer = new Committer(kv, MAX_TEXT_A_COMMIT);
  }

  /** Reads a head; null: there is no such session (any more). */
  async load(id: string): Promise<StoredSession | null> {
    const entry = await this.#kv.get<Session>(sessionKeys.head(id));
    return entry.value === null ? null : { session: entry.value, version: entry.versionstamp };
  }

  /** Creates a session unless its device has one (S2) or is being removed. */
  async start(session: Session): Promise<StartResult> {
    const held: DeviceSession = { session: session.id, technician: session.technician };
    const ofDevice = sessionKeys.ofDevice(session.device.id);
    for (;;) {
      const device = await this.#kv.get(peopleKeys.device(session.device.id));
      if (device.value === null) return { kind: "no_device" };
      const result = await this.#kv.atomic()
        .check(device)
        .check({ key: ofDevice, versionstamp: null })
        .check({ key: sessionKeys.head(session.id), versionstamp: null })
        .set(ofDevice, held)
        .set(sessionKeys.head(session.id), session)
        .set(sessionKeys.ofTechnician(session.technician.id, session.id), session.device.id)
        .sum(presenceKeys.directory(), 1n)
        .commit();
      if (result.ok) return { kind: "started", version: result.versionstamp };
      const other = await this.ofDevice(session.device.id);
      // Null: the device changed, or the session in the way ended meanwhile. Try again.
      if (other !== null) return { kind: "held", by: other };
    }
  }

  /**
   * Writes a new head and its new messages in one atomic commit, which other sessions may share.
   * Null: somebody else moved the session since `version`; load it and decide again.
   */
  async commit(
    version: string,
    session: Session,
    messages: readonly Message[],
  ): Promise<string | null> {
    const key = sessionKeys.head(session.id);
    const writes = messages.map((message) => ({
      key: sessionKeys.message(session.id, message.seq),
      value: message,
    }));
    return await this.#committer.commit({
      key,
      version,
      writes: [{ key, value: session }, ...writes],
      weight: messages.reduce((sum, message) => sum + messageWeight(message), HEAD_WEIGHT),
    });
  }

  /** For how long the oldest step here has waited to be committed, in milliseconds. */
  get commitDelay(): number {
    return this.#committer.delay;
  }

  /**
   * Ends a session: deleting the head is the end (S7), messages and files follow (S8). False: somebody
   * else moved it since `version`. What cannot be erased now is left to
   * {@link finishOwnEnds}. Where `session` says why it ended, {@link ended} tells for a moment.
   */
  async end(version: string, session: Session): Promise<boolean> {
    const key = sessionKeys.head(session.id);
    const told = await endKey(session.id);
    const op = this.#kv.atomic()
      .check({ key, versionstamp: version })
      .delete(key)
      .delete(sessionKeys.ofDevice(session.device.id))
      .delete(sessionKeys.ofTechnician(session.technician.id, session.id))
      .sum(presenceKeys.directory(), 1n);
    if (session.state.kind === "ended") {
      const { reason, by } = session.state;
      const end: StoredEnd = { reason, by, until: this.#now() + END_TOLD_MS };
      op.set(told, end, { expireIn: END_TOLD_MS });
    }
    // A store that fails may have done half of it, or all of it without saying so.
    this.#unfinished.set(session.id, null);
    const { ok } = await op.commit();
    if (ok) await this.#purgeAfterEnd(session.id);
    else this.#unfinished.delete(session.id);
    return ok;
  }

  /** Why a session ended that is over; null: there was none, or its end is a while ago. */
  async ended(id: string): Promise<SessionEnd | null> {
    const { value } = await this.#kv.get<StoredEnd>(await endKey(id));
    // `expireIn` erases late: the record itself says until when it holds.
    if (value === null || value.until <= this.#now()) return null;
    return { reason: value.reason, by: value.by };
  }

  /** The session is over already: a store that fails now must not look as if it were not. */
  async #purgeAfterEnd(id: string): Promise<void> {
    try {
      await this.purge(id);
      this.#unfinished.delete(id);
    } catch (error) {
      this.#unfinished.set(id, null);
      logFailure("session_not_erased", error);
    }
  }

  /** Finishes ends of this process that the store cut short; to be called now and then. */
  async finishOwnEnds(): Promise<void> {
    for (const [id, foundAt] of [...this.#unfinished]) {
      if (await this.load(id) === null) {
        await this.purge(id);
        this.#unfinished.delete(id);
      } else if (foundAt === null) this.#unfinished.set(id, this.#now());
      else if (this.#now() - foundAt >= MAY_STILL_END_MS) this.#unfinished.delete(id);
    }
  }

  /** Erases what is left of a session that has no head any more. */
  async purge(id: string): Promise<void> {
    await eraseRemains(this.#kv, id);
    this.#erased();
  }

  /** Finishes ends that a crash cut short: erases remains without a head. Returns how many sessions. */
  async finishEnds(): Promise<number> {
    const finished = new Set<string>();
    for await (const id of sessionsWithRemains(this.#kv)) {
      if (await this.load(id) !== null) continue;
      await this.purge(id);
      finished.add(id);
    }
    return finished.size;
  }

  /** The devices that have a session. */
  async heldDevices(): Promise<string[]> {
    const held = await Array.fromAsync(this.#kv.list({ prefix: sessionKeys.ofDevices() }));
    return held.map(({ key }) => String(key[1]));
  }

  /** The messages with `seq` in (after, upTo], in order, at most `limit` of them. */
  async messages(id: string, after: number, upTo: number, limit: number): Promise<Message[]> {
    if (after >= upTo) return [];
    const range = {
      start: sessionKeys.message(id, after + 1),
      end: sessionKeys.message(id, upTo + 1),
    };
    const messages: Message[] = [];
    for await (const entry of this.#kv.list<Message>(range, { limit })) messages.push(entry.value);
    return messages;
  }

  /** The `seq` that a page's message got; null: it was never taken. */
  async seqOf(id: string, { from, client, n }: OutboxEntry): Promise<number | null> {
    const prefix = sessionKeys.messages(id);
    for await (const { value } of this.#kv.list<Message>({ prefix }, { reverse: true })) {
      if (value.from === from && value.client === client && value.n === n) return value.seq;
    }
    return null;
  }

  /** The open session of a device, if it has one (S2). */
  async ofDevice(device: string): Promise<DeviceSession | null> {
    return (await this.#kv.get<DeviceSession>(sessionKeys.ofDevice(device))).value;
  }

  /** The ids of a technician's open sessions. */
  async ofTechnician(technician: string): Promise<string[]> {
    const prefix = sessionKeys.allOfTechnician(technician);
    const ids: string[] = [];
    for await (const { key } of this.#kv.list({ prefix })) ids.push(String(key[2]));
    return ids;
  }

  /**
   * Rings with the head's version, null once it is gone; see {@link watchKeys}. Where this process is
   * alone, never: it would only hear of what it has written itself, by a reading after every commit.
   */
  watch(id: string, ring: (version: string | null) => void): () => void {
    if (this.#alone) return () => {};
    return watchKeys(
      this.#kv,
      [sessionKeys.head(id)],
      ([head]) => ring(head?.versionstamp ?? null),
    );
  }
}

async function endKey(session: string): Promise<Deno.KvKey> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(session));
  return sessionKeys.end(new Uint8Array(digest).toHex());
}
