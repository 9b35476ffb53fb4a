/** Everything live on a page: its socket, what the socket told, and the sessions it holds. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Command, ServerMessage } from "../protocol/messages.ts";
import type { Side } from "../protocol/receipts.ts";
import {
  type AckFrame,
  type CommandResult,
  Connection,
  type ConnectionState,
} from "./connection.ts";
import { type Ended, heldSeqs, type LiveState, NOTHING_KNOWN, reduce } from "./live_state.ts";
import { OpenSession } from "./open_session.ts";
import { browserClaim, takePageId } from "./page_id.ts";
import { PageStorage } from "./page_storage.ts";
import { browserWorld, type PageWorld } from "./wake.ts";

/** How long a tap waits for a lost connection before the person is told, in milliseconds. */
const PATIENCE = 15_000;
/** Somebody who acts on a page without a connection makes it try again at most this often, in ms. */
const TRY_EVERY = 1_000;

/** A page's live part. */
export class Live {
  /** What the socket told. */
  readonly state = signal<LiveState>(NOTHING_KNOWN);
  /** The sessions this page holds; changes only when one comes or goes. */
  readonly sessions = signal<ReadonlyMap<string, OpenSession>>(new Map());
  /** Parts of the state by themselves: who shows one is not rendered again for the others. */
  readonly device = computed(() => this.state.value.device);
  readonly devices = computed(() => this.state.value.devices);
  readonly media = computed(() => this.state.value.media);
  readonly notifications = computed(() => this.state.value.notifications);
  readonly sent = computed(() => this.state.value.sent);
  readonly build = computed(() => this.state.value.build);
  readonly connection: Connection;
  private readonly synced = new Set<string>();
  private readonly whenEnded: ((ended: Ended) => void)[] = [];
  private readonly watches: readonly (() => void)[];
  private triedAt = -Infinity;

  constructor(
    readonly side: Side,
    readonly page: string,
    readonly storage: PageStorage,
    private readonly world: PageWorld,
  ) {
    this.connection = new Connection({
      client: page,
      lastSeq: () => heldSeqs(this.state.peek()),
      receive: (message) => batch(() => this.receive(message)),
    }, world);
    this.connection.state.subscribe(({ kind }) => {
      if (kind !== "online") this.synced.clear();
    });
    this.watches = [
      world.onWake(() => this.connection.probe()),
      world.onNetworkChange(() => this.connection.renew()),
      world.onTouch(() => this.hurry()),
    ];
    this.connection.start();
  }

  /** How the connection stands. */
  get connected(): ReadonlySignal<ConnectionState> {
    return this.connection.state;
  }

  /** Calls `then` for every session that ends. */
  onEnded(then: (ended: Ended) => void): void {
    this.whenEnded.push(then);
  }

  /** The server's clock now, in milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.state.peek().clockOffset;
  }

  /**
   * Sends a command until it is answered: after a lost connection again, as long as `wanted` and
   * for at most {@link PATIENCE}. For commands that do no harm when they arrive twice.
   */
  async act(command: Command, wanted = () => true): Promise<CommandResult> {
    const until = performance.now() + PATIENCE;
    for (;;) {
      const result = await this.connection.command(command);
      if (result.kind !== "disconnected") return result;
      if (!await this.online(until - performance.now()) || !wanted()) return result;
    }
  }

  /** The page is going away. */
  dispose(): void {
    for (const stop of this.watches) stop();
    this.connection.stop();
  }

  /** Nobody should wait for the next try while they act. */
  private hurry(): void {
    const now = performance.now();
    if (this.connected.peek().kind !== "connecting" || now - this.triedAt < TRY_EVERY) return;
    this.triedAt = now;
    this.connection.probe();
  }

  /** Waits for the connection; false: not within `ms`, or never. */
  private online(ms: number): Promise<boolean> {
    return new Promise((answer) => {
      const finish = (online: boolean) => {
        clearTimeout(timer);
        queueMicrotask(() => stop());
        answer(online);
      };
      const timer = setTimeout(() => finish(false), ms);
      const stop = this.connected.subscribe(({ kind }) => {
        if (kind !== "connecting") finish(kind === "online");
      });
    });
  }

  private receive(message: Exclude<ServerMessage, AckFrame>): void {
    const { state, ended, gap } = reduce(this.state.peek(), message, Date.now());
    this.state.value = state;
    if (message.type === "welcome") this.storage.keepOnly(new Set(message.sessions));
    for (const one of ended) this.close(one);
    if (gap) return this.connection.refresh();
    if (message.type === "session") this.merge(message);
  }

  private merge({ session, messages }: Extract<ServerMessage, { type: "session" }>): void {
    const record = this.state.peek().sessions.get(session.id);
    if (record === undefined) return;
    this.synced.add(session.id);
    const open = this.sessions.peek().get(session.id) ?? this.open(record);
    open.merge(record, messages);
  }

  private open(record: OpenSession["record"]["value"]): OpenSession {
    const open = new OpenSession(record, {
      page: this.page,
      side: this.side,
      storage: this.storage,
      synced: (id) => this.synced.has(id),
      command: (command) => this.connection.command(command),
      hidden: () => this.world.hidden(),
    });
    this.sessions.value = new Map(this.sessions.peek()).set(open.id, open);
    return open;
  }

  private close(ended: Ended): void {
    const { id } = ended.record.view;
    const sessions = new Map(this.sessions.peek());
    sessions.get(id)?.stop();
    sessions.delete(id);
    this.sessions.value = sessions;
    for (const tell of this.whenEnded) tell(ended);
  }
}

/** Starts the live part of this page. */
export async function startLive(side: Side): Promise<Live> {
  const { id, fresh } = await takePageId(sessionStorage, browserClaim());
  const storage = new PageStorage(sessionStorage, id);
  if (fresh) storage.dropForeign();
  return new Live(side, id, storage, browserWorld(`/api/socket/${side}`));
}

/** The one session of a device page, if there is one (S2). */
export function onlySession(live: Live): ReadonlySignal<OpenSession | null> {
  return computed(() => live.sessions.value.values().next().value ?? null);
}
