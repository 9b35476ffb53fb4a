/** When a message counts as received and as read (rule C4), and how that is told to the server. */
import { advance, type Cursor, CURSOR_START, type Side } from "../protocol/receipts.ts";
import type { Command } from "../protocol/messages.ts";
import type { Message } from "../protocol/session.ts";
import type { CommandResult } from "./connection.ts";
import { passes } from "./outbox.ts";

/** Whether a person is looking at this page. */
export interface Attention {
  readonly visible: boolean;
  readonly focused: boolean;
}

/**
 * How far a person has read: the newest bubble in view, provided that they look at the page.
 * `inView` is empty while the conversation is closed.
 */
export function readUpTo(attention: Attention, inView: Iterable<number>): number {
  if (!attention.visible || !attention.focused) return 0;
  return Math.max(0, ...inView);
}

/** The newest message of the other side that this page holds: own messages need no receipt. */
export function receivedUpTo(log: readonly Message[], side: Side): number {
  return log.findLast((message) => message.from !== side)?.seq ?? 0;
}

/** What a cursor reporter needs of the page. */
export interface CursorPorts {
  readonly session: string;
  command(command: Command): Promise<CommandResult>;
  /** This side's cursor as the server has it; null until the session's replay is in. */
  told(): Cursor | null;
  /** Runs `then` a moment later, so that received and read of one message go in one report. */
  soon(then: () => void): void;
  /** Runs `then` after a passing refusal. */
  later(then: () => void): void;
}

/** Reports one session's cursor: coalesced, only forward, again after a lost connection. */
export class CursorReporter {
  private reached: Cursor = CURSOR_START;
  private planned = false;
  private sending = false;
  private stopped = false;

  constructor(private readonly ports: CursorPorts) {}

  /** This page has come this far. */
  reach(to: Partial<Cursor>): void {
    const before = this.reached;
    this.reached = advance(before, { ...before, ...to });
    if (this.reached !== before) this.plan();
  }

  /** The session's replay is in: what was not told yet can be told now. */
  plan(): void {
    if (this.planned || this.stopped || this.news() === null) return;
    this.planned = true;
    this.ports.soon(() => {
      this.planned = false;
      void this.report();
    });
  }

  /** The session is over. */
  stop(): void {
    this.stopped = true;
  }

  private news(): Cursor | null {
    const told = this.ports.told();
    if (told === null) return null;
    const target = advance(told, this.reached);
    return target === told ? null : target;
  }

  private async report(): Promise<void> {
    const target = this.news();
    if (this.sending || this.stopped || target === null) return;
    this.sending = true;
    const { session } = this.ports;
    const result = await this.ports.command({ type: "text.cursor", session, ...target });
    this.sending = false;
    if (result.kind === "ack" && this.reached.read > target.read) this.plan();
    if (result.kind === "ack" && this.reached.received > target.received) this.plan();
    if (result.kind === "rejected" && passes(result.code)) this.ports.later(() => this.plan());
  }
}
