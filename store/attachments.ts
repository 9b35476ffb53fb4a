/**
 * Files of sessions, in pieces that fit into Deno KV. Whatever is written checks, in the same commit,
 * that the session is still open: nothing can be added to what an end has erased (S7, S8).
 */
import {
  type Attachment,
  type AttachmentPolicy,
  type FileRefusal,
  MAX_ATTACHMENTS,
  type Picture,
} from "../protocol/attachment.ts";
import type { Side } from "../protocol/receipts.ts";
import { AtMost, Quota } from "./at_most.ts";
import { deleteKeys } from "./delete_keys.ts";
import { sessionKeys } from "./keys.ts";
import type { DeviceSession } from "./sessions.ts";

/** How many bytes one piece holds; Deno KV takes 64 KiB a value. All but a file's last are full. */
export const PIECE = 60 * 1024;

/** How many pieces one process writes at a time: a text that comes meanwhile waits for no more. */
const WRITES_AT_ONCE = 2;

/** How many requests of one side of a session bring bytes at a time; a page has two under way. */
const REQUESTS_A_SIDE = 4;
/** And of all sessions of one process; each holds one piece in memory. */
const REQUESTS_AT_ONCE = 200;

/** An upload nobody went on with for so long makes room for others, in milliseconds. */
export const ABANDONED_MS = 60 * 60 * 1000;

/**
 * Proof that one side takes part in an open session: a record that its end deletes in the same commit
 * as the head, and that nothing else ever changes.
 */
export interface Pass {
  readonly session: string;
  readonly side: Side;
  /** The session's device: its switches say whether files may be sent (M1). */
  readonly device: string;
  readonly proof: { readonly key: Deno.KvKey; readonly versionstamp: string };
}

/** What a sender says of a file before its bytes. */
export interface Announced {
  readonly id: string;
  /** Cleaned. */
  readonly name: string;
  /** The type the sender says; believed only as far as the bytes agree. */
  readonly declared: string;
  /** Bytes. */
  readonly size: number;
  readonly picture?: Picture;
}

/** A file that is being uploaded, or was. */
export interface Upload extends Announced {
  readonly from: Side;
  /** What the bytes are; null until the first of them were looked at. */
  readonly type: string | null;
  /** How many bytes are there. */
  readonly offset: number;
  /** It belongs to a message, or is about to: it can be taken back no more. */
  readonly sealed: boolean;
  /** When bytes last came, in milliseconds since the epoch. */
  readonly touchedAt: number;
}

/** The files on one Deno KV. */
export class AttachmentStore {
  readonly #kv: Deno.Kv;
  readonly #writes = new AtMost(WRITES_AT_ONCE);
  readonly #requests = new Quota(REQUESTS_AT_ONCE, REQUESTS_A_SIDE);

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** The pass of a person or device; null: no such open session, or not theirs (A1, A2). */
  async pass(side: Side, person: string, session: string): Promise<Pass | null> {
    const key = side === "device"
      ? sessionKeys.ofDevice(person)
      : sessionKeys.ofTechnician(person, session);
    const { value, versionstamp } = await this.#kv.get<DeviceSession | string>(key);
    if (value === null || versionstamp === null) return null;
    if (typeof value === "object" && value.session !== session) return null;
    const device = typeof value === "object" ? person : value;
    return { session, side, device, proof: { key, versionstamp } };
  }

  /** Lets a request in that brings bytes; returns how it leaves. Null: too many are under way. */
  admit({ session, side }: Pass): (() => void) | null {
    return this.#requests.enter(`${session} ${side}`);
  }

  /** An upload of this session, of either side; null: there is none of that id. */
  async find({ session }: Pass, id: string): Promise<Upload | null> {
    return (await this.#kv.get<Upload>(sessionKeys.attachment(session, id))).value;
  }

  /** Begins an upload. Announced again, after an answer that was lost, it is the same one. */
  async begin(
    pass: Pass,
    file: Announced,
    policy: Pick<AttachmentPolicy, "maxSession">,
    now: number,
  ): Promise<Upload | FileRefusal> {
    const { session } = pass;
    const fresh: Upload = {
      ...file,
      ...{ from: pass.side, type: null, offset: 0, sealed: false, touchedAt: now },
    };
    for (;;) {
      const room = await this.#kv.get<number>(sessionKeys.attachmentRoom(session));
      const known = await this.find(pass, file.id);
      if (known !== null) return isSame(known, fresh) ? known : "unknown_file";
      if (!await this.#makeRoom(pass, file.size, policy.maxSession, now)) return "files_full";
      const { ok } = await this.#kv.atomic()
        .check(pass.proof).check(room)
        .set(room.key, (room.value ?? 0) + 1)
        .set(sessionKeys.attachment(session, file.id), fresh)
        .commit();
      if (ok) return fresh;
      if (!await this.#holds(pass)) return "session_ended";
    }
  }

  /**
   * Adds the next piece, a full one or the last. `type`: what its bytes are, for the first one.
   * "file_moved": another request did, or took the file back.
   */
  async add(
    pass: Pass,
    upload: Upload,
    bytes: Uint8Array<ArrayBuffer>,
    type: string,
    now: number,
  ): Promise<Upload | FileRefusal> {
    const key = sessionKeys.attachment(pass.session, upload.id);
    const next: Upload = {
      ...upload,
      type,
      offset: upload.offset + bytes.length,
      touchedAt: now,
    };
    if (bytes.length === 0 || next.offset > upload.size) throw new RangeError("no such piece");
    if (bytes.length !== PIECE && next.offset < upload.size) throw new RangeError("no full piece");
    return await this.#writes.run(async () => {
      const entry = await this.#kv.get<Upload>(key);
      if (entry.value?.offset !== upload.offset || entry.value.sealed) {
        return await this.#lost(pass);
      }
      const n = upload.offset / PIECE;
      const { ok } = await this.#kv.atomic()
        .check(pass.proof).check(entry)
        .set(sessionKeys.attachmentPiece(pass.session, upload.id, n), bytes)
        .set(key, next)
        .commit();
      return ok ? next : await this.#lost(pass);
    });
  }

  /** Takes back what is in no message. False: it is, or there is no such file of this side. */
  async remove(pass: Pass, id: string): Promise<boolean> {
    const key = sessionKeys.attachment(pass.session, id);
    for (;;) {
      const entry = await this.#kv.get<Upload>(key);
      if (entry.value === null || entry.value.from !== pass.side || entry.value.sealed) {
        return false;
      }
      // Its record first: from then on no piece can be added.
      const { ok } = await this.#kv.atomic().check(entry).delete(key).commit();
      if (!ok) continue;
      const pieces = Math.ceil(entry.value.offset / PIECE);
      const keys = Array.from({ length: pieces }, (_, n) => {
        return sessionKeys.attachmentPiece(pass.session, id, n);
      });
      await deleteKeys(this.#kv, keys);
      return true;
    }
  }

  /**
   * A message is about to carry this file: from here on it stays until the end. Null: it is not
   * complete, not of this side, or the session is over.
   */
  async seal(pass: Pass, id: string): Promise<Attachment | null> {
    const key = sessionKeys.attachment(pass.session, id);
    for (;;) {
      const entry = await this.#kv.get<Upload>(key);
      const { value } = entry;
      if (value === null || value.from !== pass.side) return null;
      const attachment = asAttachment(value);
      if (attachment === null || value.sealed) return attachment;
      const op = this.#kv.atomic().check(pass.proof).check(entry);
      if ((await op.set(key, { ...value, sealed: true }).commit()).ok) return attachment;
      if (!await this.#holds(pass)) return null;
    }
  }

  /** The bytes from `from` to before `to`, one piece at a time. Fails where the session ends. */
  read({ session }: Pass, id: string, from: number, to: number): ReadableStream<Uint8Array> {
    let at = from;
    return new ReadableStream({
      pull: async (controller) => {
        if (at >= to) return controller.close();
        const n = Math.floor(at / PIECE);
        const key = sessionKeys.attachmentPiece(session, id, n);
        const { value } = await this.#kv.get<Uint8Array>(key);
        if (value === null) return controller.error(new Error("the file is gone"));
        const begins = n * PIECE;
        controller.enqueue(value.subarray(at - begins, to - begins));
        at = begins + PIECE;
      },
    }, { highWaterMark: 0 });
  }

  /** Why an upload could not go on from where its request began. */
  async #lost(pass: Pass): Promise<FileRefusal> {
    return await this.#holds(pass) ? "file_moved" : "session_ended";
  }

  async #holds({ proof }: Pass): Promise<boolean> {
    return (await this.#kv.get(proof.key)).versionstamp === proof.versionstamp;
  }

  /** Whether a file of this size has room, if need be after what was abandoned is gone. */
  async #makeRoom(pass: Pass, size: number, limit: number, now: number): Promise<boolean> {
    const all: Upload[] = [];
    const prefix = sessionKeys.attachments(pass.session);
    for await (const { value } of this.#kv.list<Upload>({ prefix })) all.push(value);
    const fits = () =>
      all.length < MAX_ATTACHMENTS && all.reduce((sum, one) => sum + one.size, size) <= limit;
    for (const one of fits() ? [] : all.filter((upload) => isAbandoned(upload, now))) {
      await this.remove({ ...pass, side: one.from }, one.id);
      all.splice(all.indexOf(one), 1);
    }
    return fits();
  }
}

/** A complete upload as messages carry it; null: bytes are missing. */
export function asAttachment(upload: Upload): Attachment | null {
  const { id, name, type, size, offset, picture } = upload;
  if (type === null || offset < size) return null;
  return picture === undefined ? { id, name, type, size } : { id, name, type, size, picture };
}

function isSame(a: Upload, b: Upload): boolean {
  return a.from === b.from && a.size === b.size && a.name === b.name;
}

function isAbandoned({ sealed, touchedAt }: Upload, now: number): boolean {
  return !sealed && now - touchedAt >= ABANDONED_MS;
}
