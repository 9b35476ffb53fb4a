/**
 * What of a folder's files is on the disk itself: what was synced, and of the rest whatever the disk
 * got round to. As POSIX has it (fsync, 2018 edition), which promises less than most file systems
 * keep: a name is only safe once its folder was synced, and pages arrive in any order. Pure.
 */
import type { Dice } from "../dice.ts";
import type { Bytes, Happening } from "./trace.ts";

/** The kernel writes whole pages, in bytes. */
const PAGE = 4096;

type Write = Extract<Happening, { kind: "write" }>;
type Change = Write | Extract<Happening, { kind: "resize" }>;
type Dated<T> = T & { readonly at: number };

/** The bytes of a file, with room for more. */
class Content {
  #room: Bytes;
  #size: number;

  constructor(bytes: Bytes) {
    this.#room = bytes.slice();
    this.#size = bytes.length;
  }

  get bytes(): Bytes {
    return this.#room.slice(0, this.#size);
  }

  change(change: Change): void {
    if (change.kind === "resize") return this.#resize(change.size);
    const { offset, bytes } = change;
    this.#resize(Math.max(this.#size, offset + bytes.length));
    this.#room.set(bytes, offset);
  }

  #resize(size: number): void {
    if (size > this.#room.length) {
      const room = new Uint8Array(2 * size);
      room.set(this.#room);
      this.#room = room;
    }
    this.#room.fill(0, Math.min(size, this.#size), Math.max(size, this.#size));
    this.#size = size;
  }
}

interface File {
  readonly durable: Content;
  /** What was done since, in order. */
  changes: Dated<Change>[];
}

/** From then on a name stands for something else; null: for nothing. */
type Naming = Dated<{ readonly path: string; readonly file: File | null }>;

/** The files of one folder. */
export class Platter {
  readonly #folder: string;
  /** By path, as programs see them. */
  readonly #files = new Map<string, File>();
  /** By path, as the disk has them. */
  readonly #durable = new Map<string, File>();
  #namings: Naming[] = [];
  #happened = 0;

  /** What there is at the beginning is durable. */
  constructor(folder: string, files: ReadonlyMap<string, Bytes>) {
    this.#folder = folder;
    for (const [path, bytes] of files) {
      const file = { durable: new Content(bytes), changes: [] };
      this.#files.set(path, file);
      this.#durable.set(path, file);
    }
  }

  happen(happening: Happening): void {
    const at = this.#happened++;
    switch (happening.kind) {
      case "write":
      case "resize":
        this.#files.get(happening.path)?.changes.push({ ...happening, at });
        return;
      case "create":
        if (this.#files.has(happening.path)) return;
        return this.#name(at, happening.path, { durable: new Content(NONE), changes: [] });
      case "remove":
        if (this.#files.has(happening.path)) this.#name(at, happening.path, null);
        return;
      case "sync":
        return happening.path === this.#folder
          ? this.#syncNames(happening.since)
          : this.#syncFile(happening.path, happening.since);
      case "send":
        return;
    }
  }

  /** What is there when the power is cut now, and comes back. */
  cut(dice: Dice): Map<string, Bytes> {
    const names = new Map(this.#durable);
    for (const path of new Set(this.#namings.map((naming) => naming.path))) {
      const all = this.#namings.filter((naming) => naming.path === path);
      for (const naming of all.slice(0, dice.between(0, all.length))) become(names, naming);
    }
    return new Map([...names].map(([path, file]) => [path, survivor(file, dice)]));
  }

  #name(at: number, path: string, file: File | null): void {
    const naming = { at, path, file };
    become(this.#files, naming);
    this.#namings.push(naming);
  }

  #syncNames(since: number): void {
    for (const naming of this.#namings) if (naming.at < since) become(this.#durable, naming);
    this.#namings = this.#namings.filter(({ at }) => at >= since);
  }

  #syncFile(path: string, since: number): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    for (const change of file.changes) if (change.at < since) file.durable.change(change);
    file.changes = file.changes.filter(({ at }) => at >= since);
  }
}

const NONE: Bytes = new Uint8Array();

function become(files: Map<string, File>, { path, file }: Naming): void {
  if (file === null) files.delete(path);
  else files.set(path, file);
}

/** Of what was done to a page, the first so many changes: the disk wrote it then, or never. */
function survivor({ durable, changes }: File, dice: Dice): Bytes {
  const content = new Content(durable.bytes);
  const given = new Set<number>();
  for (const change of changes) {
    const pieces = change.kind === "resize" ? [change] : pages(change);
    for (const piece of pieces) {
      const page = piece.kind === "resize" ? -1 : Math.floor(piece.offset / PAGE);
      if (given.has(page)) continue;
      if (dice.next() < 0.5) content.change(piece);
      else given.add(page);
    }
  }
  return content.bytes;
}

/** A write, page by page. */
function pages(write: Write): Write[] {
  const pieces: Write[] = [];
  for (let from = 0; from < write.bytes.length;) {
    const offset = write.offset + from;
    const bytes = write.bytes.subarray(from, from + PAGE - offset % PAGE);
    pieces.push({ ...write, offset, bytes });
    from += bytes.length;
  }
  return pieces;
}
