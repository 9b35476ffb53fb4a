/** The notifications that wait on a device's page, and what its user does with them (N1). */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { DeviceNotification } from "../protocol/notification.ts";
import type { CommandResult } from "./connection.ts";
import type { Live } from "./live.ts";
import { passes } from "./outbox.ts";

/** Keeps a half-written answer over a reload of this tab; gone with its notification. */
const DRAFT = "live-support.answer";

/** When to tell again what the server could not take just now, in milliseconds. */
const TELL_AGAIN_AFTER = 1_000;

/** The notifications of a device's page. */
export class DeviceNotices {
  readonly waiting: ReadonlySignal<readonly DeviceNotification[]>;
  /** The one that is being answered; null: none. */
  readonly answering = signal<string | null>(null);
  /** What is typed for it. */
  readonly draft = signal("");
  /** A command is on its way. */
  readonly busy = signal(false);
  /** What the server said to the last one; null: nothing went wrong. */
  readonly problem = signal<CommandResult | null>(null);
  private readonly told = new Set<string>();
  private readonly stop: () => void;
  private stopped = false;

  /** `later` runs what it is given after {@link TELL_AGAIN_AFTER}. */
  constructor(
    private readonly live: Pick<Live, "notifications" | "act">,
    private readonly later = (then: () => void): unknown => setTimeout(then, TELL_AGAIN_AFTER),
  ) {
    this.waiting = computed(() => live.notifications.value ?? []);
    this.restore();
    this.stop = effect(() => {
      const waiting = live.notifications.value;
      if (waiting !== null) this.follow(waiting);
    });
  }

  /** Opens the composer for one; it may still have to arrive. */
  respond(notification: string): void {
    if (this.answering.peek() === notification) return;
    this.answering.value = notification;
    this.type("");
  }

  /** Closes the composer; the notification goes on waiting. */
  cancel(): void {
    this.type("");
    this.answering.value = null;
  }

  /** Keeps what is typed. */
  type(text: string): void {
    this.draft.value = text;
    this.problem.value = null;
    const id = this.answering.peek();
    if (text === "" || id === null) sessionStorage.removeItem(DRAFT);
    else sessionStorage.setItem(DRAFT, JSON.stringify([id, text]));
  }

  /** Sends the answer; true: the server has it. */
  async send(): Promise<boolean> {
    const notification = this.answering.peek();
    if (notification === null) return false;
    const text = this.draft.peek();
    return await this.act(() => this.live.act({ type: "notification.answer", notification, text }));
  }

  /** Marks one as read. */
  async markAsRead(notification: string): Promise<void> {
    await this.act(() => this.live.act({ type: "notification.read", notification }));
  }

  /** The page is going away. */
  dispose(): void {
    this.stopped = true;
    this.stop();
  }

  private async act(command: () => Promise<CommandResult>): Promise<boolean> {
    if (this.busy.peek()) return false;
    this.busy.value = true;
    const result = await command();
    this.busy.value = false;
    // The list that comes without it says that it worked.
    this.problem.value = result.kind === "ack" ? null : result;
    return result.kind === "ack";
  }

  /** Tells the technician what has arrived, and forgets what waits no more. */
  private follow(waiting: readonly DeviceNotification[]): void {
    const ids = new Set(waiting.map(({ id }) => id));
    for (const id of ids) if (!this.told.has(id)) void this.tell(id);
    const id = this.answering.peek();
    if (id !== null && !ids.has(id)) this.cancel();
  }

  private async tell(notification: string): Promise<void> {
    this.told.add(notification);
    const result = await this.live.act({ type: "notification.received", notification });
    if (result.kind === "disconnected") this.told.delete(notification);
    if (result.kind === "rejected" && passes(result.code)) {
      this.later(() => this.tellAgain(notification));
    }
  }

  /** A list that does not change says nothing: what waits is told without one. */
  private tellAgain(notification: string): void {
    const waits = this.live.notifications.peek()?.some(({ id }) => id === notification);
    if (waits && !this.stopped) void this.tell(notification);
  }

  private restore(): void {
    const kept: unknown = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
    if (!Array.isArray(kept)) return;
    const [id, text] = kept.map(String);
    this.answering.value = id ?? null;
    this.draft.value = text ?? "";
  }
}
