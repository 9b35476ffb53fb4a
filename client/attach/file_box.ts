/** The files of one session on this page: chosen, going up, handed to the outbox. */
import { type ReadonlySignal, signal } from "@preact/signals";
import {
  type Attachment,
  cleanName,
  type FileRefusal,
  isShown,
} from "../../protocol/attachment.ts";
import { ERROR_CODES } from "../../protocol/errors.ts";
import { newPageId } from "../page_id.ts";
import { pauseBefore } from "../reconnect.ts";
import { onWake } from "../wake.ts";
import {
  anyChosen,
  dumpItems,
  type FileProblem,
  type Item,
  type ItemEvent,
  restoreItems,
  step,
  toBegin,
} from "./items.ts";
import { prepare, type Prepared } from "./photo.ts";
import { upload, type UploadOutcome } from "./upload.ts";

/** What the files of a session need of it. */
export interface FilePorts {
  /** Where files of this side of the session are. */
  readonly path: string;
  /** What a former life of this page left. */
  stored(): string | null;
  /** Keeps which files are on their way. */
  keep(text: string | null): void;
  /** The bytes are there: the message that carries them may go. */
  send(attachment: Attachment): void;
}

/** What this page holds of a file besides what is shown of it. */
interface Held {
  readonly file: File;
  readonly cancel: AbortController;
  prepared: Prepared | null;
}

/** One session's files on this page. */
export class FileBox {
  /** What is not in the conversation yet, in the order in which it was chosen. */
  readonly items: ReadonlySignal<readonly Item[]>;
  private readonly all = signal<readonly Item[]>([]);
  private readonly held = new Map<string, Held>();
  /** Pictures this page sent, so that they need not be fetched back: object URLs by upload. */
  private readonly own = new Map<string, string>();
  private stopped = false;

  constructor(private readonly ports: FilePorts) {
    this.items = this.all;
    this.all.value = restoreItems(ports.stored());
    for (const { id } of this.all.peek()) this.takeBack(id);
  }

  /** Adds files; nothing of them leaves the page before {@link send}. */
  add(files: Iterable<File>): void {
    for (const file of files) {
      const id = newPageId();
      const { size } = file;
      this.held.set(id, { file, cancel: new AbortController(), prepared: null });
      const state = { kind: "preparing", wanted: false } as const;
      const item = { id, name: cleanName(file.name), size, preview: null, original: false, state };
      this.change([...this.all.peek(), item]);
      void this.prepare(id, file);
    }
  }

  /** Whether pressing Send would send a file. */
  get ready(): boolean {
    return anyChosen(this.all.value);
  }

  /** Sends what was chosen. */
  send(): void {
    for (const { id } of this.all.peek()) this.tell(id, { type: "send" });
    this.begin();
  }

  /** Tries a file again. */
  retry(id: string): void {
    this.tell(id, { type: "retry" });
    this.begin();
  }

  /** Takes a file back, whatever has become of it, unless it is in the conversation. */
  remove(id: string): void {
    const held = this.held.get(id);
    this.held.delete(id);
    held?.cancel.abort();
    const item = this.all.peek().find((one) => one.id === id);
    if (item?.preview) URL.revokeObjectURL(item.preview);
    this.change(this.all.peek().filter((one) => one.id !== id));
    this.begin();
  }

  /** The picture of an attachment that this page sent; null: fetch it. */
  ownPicture(attachment: string): string | null {
    return this.own.get(attachment) ?? null;
  }

  /** The session is over: no byte of any file stays on this page (S8). */
  stop(): void {
    this.stopped = true;
    for (const { cancel } of this.held.values()) cancel.abort();
    for (const { preview } of this.all.peek()) if (preview !== null) URL.revokeObjectURL(preview);
    for (const url of this.own.values()) URL.revokeObjectURL(url);
    this.held.clear();
    this.own.clear();
    this.all.value = [];
  }

  private async prepare(id: string, file: File): Promise<void> {
    const prepared = await prepare(file);
    const held = this.held.get(id);
    if (held === undefined || this.stopped) return;
    if (prepared === null) return this.tell(id, { type: "stop", problem: { kind: "unreadable" } });
    held.prepared = prepared;
    const { blob, original, type } = prepared;
    const preview = isShown(type) ? URL.createObjectURL(blob) : null;
    const name = cleanName(prepared.name);
    this.change(this.all.peek().map((one) => one.id === id ? { ...one, name, original } : one));
    this.tell(id, { type: "prepared", size: blob.size, preview });
    this.begin();
  }

  private begin(): void {
    for (const { id, name } of toBegin(this.all.peek())) {
      const held = this.held.get(id);
      if (!held?.prepared) continue;
      this.tell(id, { type: "begin" });
      void this.bringUp({ ...held.prepared, id, name }, held.cancel.signal);
    }
  }

  private async bringUp(
    file: Prepared & { readonly id: string },
    cancelled: AbortSignal,
  ): Promise<void> {
    const { id } = file;
    const outcome = await upload(
      {
        path: this.ports.path,
        fetch: (path, init) => fetch(path, init),
        pause: (attempt) => untilWorthATry(attempt, cancelled),
        progress: (sent) => this.tell(id, { type: "progress", sent }),
        stalled: (lost) => this.tell(id, { type: "stalled", lost }),
        now: () => performance.now(),
      },
      file,
      cancelled,
    );
    if (this.stopped) return;
    this.settle(file, outcome);
    this.begin();
  }

  private settle(file: Prepared & { readonly id: string }, outcome: UploadOutcome): void {
    switch (outcome.kind) {
      case "cancelled":
        return;
      case "refused":
        return this.tell(file.id, { type: "stop", problem: problemOf(outcome) });
      case "done": {
        const { id, name, type, blob: { size }, picture } = file;
        const preview = this.all.peek().find((one) => one.id === id)?.preview ?? null;
        if (preview !== null) this.own.set(id, preview);
        this.held.delete(id);
        this.change(this.all.peek().filter((one) => one.id !== id));
        this.ports.send(picture ? { id, name, type, size, picture } : { id, name, type, size });
      }
    }
  }

  private tell(id: string, event: ItemEvent): void {
    const before = this.all.peek();
    const after = before.map((item) => item.id === id ? step(item, event) : item);
    if (after.some((item, at) => item !== before[at])) this.change(after);
  }

  private change(items: readonly Item[]): void {
    if (this.stopped) return;
    const kept = dumpItems(items);
    if (kept !== dumpItems(this.all.peek())) this.ports.keep(kept);
    this.all.value = items;
  }

  /** What a reload interrupted is of no use to anybody. */
  private takeBack(id: string): void {
    void fetch(`${this.ports.path}/${id}`, { method: "DELETE" }).catch(() => {});
  }
}

function problemOf({ code, limit }: Extract<UploadOutcome, { kind: "refused" }>): FileProblem {
  return isFileRefusal(code) ? { kind: "refused", code, limit } : { kind: "failed" };
}

function isFileRefusal(code: string): code is FileRefusal {
  return /^(file|unknown_file|session_ended)/.test(code) &&
    ERROR_CODES.some((known) => known === code);
}

/** After a pause, or as soon as the network comes or the page is looked at again. */
function untilWorthATry(attempt: number, cancelled: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const finish = () => {
      clearTimeout(timer);
      stop();
      cancelled.removeEventListener("abort", finish);
      done();
    };
    const timer = setTimeout(finish, pauseBefore(attempt, Math.random()));
    const stop = onWake(finish);
    cancelled.addEventListener("abort", finish);
  });
}
