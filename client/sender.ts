/** Sends one session's outbox, one message at a time, and keeps it across a reload. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Attachment } from "../protocol/attachment.ts";
import type { Message } from "../protocol/session.ts";
import type { CommandResult } from "./connection.ts";
import type { Command } from "../protocol/messages.ts";
import {
  acknowledged,
  arrived,
  dump,
  enqueue,
  type Entry,
  nextToSend,
  type Outbox,
  passes,
  refused,
  remove,
  restore,
  retry,
  type SendView,
} from "./outbox.ts";
import { pauseBefore } from "./reconnect.ts";

/** What a sender needs of the page. */
export interface SenderPorts {
  readonly session: string;
  readonly page: string;
  command(command: Command): Promise<CommandResult>;
  /** The session as of this connection; null until its replay is in. */
  view(): SendView | null;
  /** What a former life of this page left. */
  stored(): string | null;
  /** Keeps the outbox; called before anything in it is sent. */
  keep(text: string | null): void;
  /** Runs `then` after `ms`. */
  after(ms: number, then: () => void): void;
  now(): number;
}

/** The unsent text of one session. */
export class Sender {
  private readonly outbox;
  private sending = false;
  private refusals = 0;
  private stopped = false;
  private keys = 0;

  constructor(private readonly ports: SenderPorts) {
    this.outbox = signal<Outbox>(restore(ports.stored()));
  }

  /** What is not in the log yet, oldest first. */
  get entries(): readonly Entry[] {
    return this.outbox.value.entries;
  }

  /** For those who want to hear of changes. */
  get changes(): ReadonlySignal<Outbox> {
    return this.outbox;
  }

  /** Queues `text` (already cleaned), or a file, and sends it as soon as it can be. */
  add(text: string, attachment?: Attachment): void {
    const at = this.ports.now();
    const entry = { key: `${at}.${this.keys++}`, text, at };
    this.change(enqueue(this.outbox.peek(), attachment ? { ...entry, attachment } : entry));
    this.pump();
  }

  /** Sends a failed message again. */
  retry(key: string): void {
    this.change(retry(this.outbox.peek(), key));
    this.pump();
  }

  /** Gives up a failed message. */
  remove(key: string): void {
    this.change(remove(this.outbox.peek(), key));
  }

  /** A frame of the session came: what is in it has arrived, and the way may be free again. */
  arrived(messages: readonly Message[]): void {
    this.change(arrived(this.outbox.peek(), this.ports.page, messages));
    this.pump();
  }

  /** The session is over. */
  stop(): void {
    this.stopped = true;
  }

  private pump(): void {
    const view = this.ports.view();
    if (this.sending || this.stopped || view === null) return;
    const next = nextToSend(this.outbox.peek(), view);
    if (next !== null) void this.send(next);
  }

  private async send({ outbox, n, entry }: { outbox: Outbox; n: number; entry: Entry }) {
    this.sending = true;
    this.change(outbox);
    const { session } = this.ports;
    const { text, attachment } = entry;
    const named = attachment === undefined ? {} : { attachment: attachment.id };
    const result = await this.ports.command({ type: "text.send", session, n, text, ...named });
    this.sending = false;
    if (!this.stopped) this.settle(n, result);
  }

  private settle(n: number, result: CommandResult): void {
    switch (result.kind) {
      case "disconnected":
        // The next frame of the session pumps again.
        return;
      case "ack":
        this.refusals = 0;
        this.change(
          acknowledged(this.outbox.peek(), n, "seq" in result.body ? result.body.seq : 0),
        );
        return this.pump();
      case "rejected":
        this.change(refused(this.outbox.peek(), n, result.code));
        if (!passes(result.code) && result.code !== "out_of_order") return this.pump();
        this.ports.after(pauseBefore(++this.refusals, 0.5), () => this.pump());
    }
  }

  private change(outbox: Outbox): void {
    if (outbox === this.outbox.peek()) return;
    this.ports.keep(dump(outbox));
    this.outbox.value = outbox;
  }
}
