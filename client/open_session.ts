/** One session on this page: what it shows, its unsent text and its receipts. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Command } from "../protocol/messages.ts";
import type { Side } from "../protocol/receipts.ts";
import type { Attachment } from "../protocol/attachment.ts";
import type { Message } from "../protocol/session.ts";
import type { FileBox, FilePorts } from "./attach/file_box.ts";
import type { CommandResult } from "./connection.ts";
import { type SessionRecord, unreadCount } from "./live_state.ts";
import type { PageStorage } from "./page_storage.ts";
import { CursorReporter, receivedUpTo } from "./receipts.ts";
import { Sender } from "./sender.ts";

/** Received and read of one message are told together where both happen within this, in ms. */
const REPORT_AFTER = 30;
const REPORT_AGAIN_AFTER = 1_000;

/** What a session needs of the page. */
export interface OpenSessionPorts {
  readonly page: string;
  readonly side: Side;
  readonly storage: PageStorage;
  /** The session's replay of this connection is in. */
  synced(session: string): boolean;
  command(command: Command): Promise<CommandResult>;
  /** Nobody can see the page. */
  hidden(): boolean;
}

/** A session this page holds, from its first frame to its end. */
export class OpenSession {
  readonly id: string;
  readonly record: Signal<SessionRecord>;
  /** What is typed and not sent (rule C5). */
  readonly draft: Signal<string>;
  readonly sender: Sender;
  /** Photos and files on their way; null until the part of the page for them is here. */
  readonly files = signal<FileBox | null>(null);
  /** The picture that is shown as large as the window. */
  readonly shown = signal<Attachment | null>(null);
  /** Messages of the other side nobody on this side has read. */
  readonly unread: ReadonlySignal<number>;
  private readonly cursor: CursorReporter;

  constructor(record: SessionRecord, private readonly ports: OpenSessionPorts) {
    const { id } = record.view;
    const { storage, page, side } = ports;
    this.id = id;
    this.record = signal(record);
    this.draft = signal(storage.read(id, "draft") ?? "");
    this.unread = computed(() => unreadCount(this.record.value, side));
    const command = (wanted: Command) => ports.command(wanted);
    const synced = () => ports.synced(id) ? this.record.peek() : null;
    this.sender = new Sender({
      session: id,
      page,
      command,
      view: () => {
        const now = synced();
        return now && { outboxN: now.view.outboxN, held: now.log.length };
      },
      stored: () => storage.read(id, "outbox"),
      keep: (text) => storage.write(id, "outbox", text),
      after: (ms, then) => setTimeout(then, ms),
      now: Date.now,
    });
    this.cursor = new CursorReporter({
      session: id,
      command,
      told: () => synced()?.view.cursors[side] ?? null,
      soon: (then) => ports.hidden() ? queueMicrotask(then) : setTimeout(then, REPORT_AFTER),
      later: (then) => setTimeout(then, REPORT_AGAIN_AFTER),
    });
  }

  /** A frame of this session came. */
  merge(record: SessionRecord, messages: readonly Message[]): void {
    this.record.value = record;
    // Pages of the other side have numbers of their own, and perhaps our name.
    this.sender.arrived(messages.filter(({ from }) => from === this.ports.side));
    this.cursor.reach({ received: receivedUpTo(record.log, this.ports.side) });
    this.cursor.plan();
  }

  /** The person has read up to message `seq`. */
  readTo(seq: number): void {
    this.cursor.reach({ read: Math.min(seq, this.record.peek().log.length) });
  }

  /** Keeps what is typed. */
  type(text: string): void {
    this.draft.value = text;
    this.ports.storage.write(this.id, "draft", text === "" ? null : text);
  }

  /** Opens the box of files, once; `open` comes with code that pages load late. */
  openFiles(open: (ports: FilePorts) => FileBox): void {
    if (this.files.peek() !== null) return;
    const { storage, side } = this.ports;
    this.files.value = open({
      path: `/api/attachments/${side}/${this.id}`,
      stored: () => storage.read(this.id, "files"),
      keep: (text) => storage.write(this.id, "files", text),
      send: (attachment) => this.sender.add("", attachment),
    });
  }

  /** Where the bytes of an attachment are, for this side. */
  fileAddress(attachment: string): string {
    return `/api/attachments/${this.ports.side}/${this.id}/${attachment}`;
  }

  /** The session is over: nothing of it is kept (S8). */
  stop(): void {
    this.sender.stop();
    this.cursor.stop();
    this.files.peek()?.stop();
    this.shown.value = null;
    this.ports.storage.forget(this.id);
  }
}
