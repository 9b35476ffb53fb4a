/**
 * Ties what the server says about calls to this page's microphone, camera and media node: the page a
 * call names joins it, every other page stays silent. The call client itself is loaded when there is
 * something to ring or join for, so that a page without a call stays small.
 */
import { computed, effect, signal } from "@preact/signals";
import type { ErrorCode } from "../protocol/errors.ts";
import type { Command, MediaTicket, SessionView } from "../protocol/messages.ts";
import { type Medium, movesOf } from "../protocol/session_state.ts";
import { NO_TROUBLE } from "../protocol/trouble.ts";
import type { CallClient, CallPorts, Part } from "./call/types.ts";
import { callKey, callPlace, type CallPlan, planCall, type Preparation } from "./call_plan.ts";
import type { CommandResult } from "./connection.ts";
import type { Live } from "./live.ts";
import { MediaReporter } from "./media_reporter.ts";

/** Loads the code of a call, mediasoup-client with it. Rejects while it cannot be had. */
export type LoadCall = () => Promise<(ports: CallPorts) => CallClient>;

/** The server gives no ticket: `code` says why, as {@link CallPorts} wants it. */
class TicketRefused extends Error {
  override readonly name = "TicketRefused";

  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

/** Whether the way of a call is lost for the moment: its stage says so, and nothing else need. */
export function isCallLost({ phase, problem }: Pick<CallClient, "phase" | "problem">): boolean {
  return phase.value === "reconnecting" || problem.value?.kind === "connection";
}

/** This page's part in calls. */
export class CallSession {
  /** Null until something rings or a call begins. */
  readonly client = signal<CallClient | null>(null);
  /** The session whose call this page is in or asks for. */
  readonly session = signal<string | null>(null);
  /** The code of the call could not be loaded. */
  readonly loadFailed = signal(false);
  /** The session whose call has lost its way, for the moment. */
  readonly lost = computed(() => {
    const client = this.client.value;
    return client !== null && isCallLost(client) ? this.session.value : null;
  });
  private readonly reporter: MediaReporter;
  /** The calls that were left here, by {@link callKey}. */
  private readonly left = new Set<string>();
  /** Those of them that the server is being told, or has been told, to be left. */
  private readonly toldLeft = new Set<string>();
  private readonly unfollow: () => void;
  private loading: Promise<CallClient | null> | null = null;
  private joined: string | null = null;
  private preparation: Preparation | null = null;

  constructor(
    private readonly live: Live,
    /** Whether video is switched on for a session's device (M1). */
    private readonly mayShow: (session: string) => boolean,
    private readonly load: LoadCall,
  ) {
    this.reporter = new MediaReporter(live);
    this.unfollow = effect(() => {
      const { sessions } = live.state.value;
      if ([...sessions.values()].some(({ view }) => this.mayNeedCall(view))) void this.ready();
      this.follow();
      this.leaveAgain([...sessions.values()].map(({ view }) => view));
    });
  }

  /** Sends `command`, opening microphone (and camera) for it first. Call it in the tap. */
  async ask(
    session: string,
    command: Command,
    medium: Medium | null,
    wanted: () => boolean,
  ): Promise<CommandResult> {
    if (this.session.peek() !== null && this.session.peek() !== session) this.hangUp();
    this.preparation = { session, ackedAt: null };
    this.session.value = session;
    if (medium !== null) this.prepare(medium);
    const result = await this.live.act(command, wanted);
    const view = this.live.state.peek().sessions.get(session)?.view ?? null;
    const accepted = result.kind === "ack" && view !== null;
    this.preparation = accepted ? { session, ackedAt: view } : null;
    this.follow();
    return result;
  }

  /** Leaves the call at once and tells the server. The session goes on (S6). */
  hangUp(): Promise<CommandResult> {
    const session = this.session.peek();
    const view = session === null ? undefined : this.live.state.peek().sessions.get(session)?.view;
    this.preparation = null;
    if (session === null || view === undefined) {
      this.follow();
      return Promise.resolve({ kind: "disconnected" });
    }
    const place = callPlace(view, this.self);
    const key = place.kind === "none" ? null : callKey(session, place.call.id);
    if (key !== null) this.left.add(key);
    this.leave();
    return this.tellLeft(session, key);
  }

  /** Tries again to join after the call client gave up, or could not even be loaded. */
  rejoin(): void {
    this.joined = null;
    this.follow();
  }

  /** The page is going away. */
  dispose(): void {
    this.unfollow();
    this.client.peek()?.leave();
  }

  private async tellLeft(session: string, key: string | null): Promise<CommandResult> {
    if (key !== null) this.toldLeft.add(key);
    const result = await this.live.act({ type: "call.hangup", session });
    if (key !== null && result.kind !== "ack") this.toldLeft.delete(key);
    return result;
  }

  /**
   * Where the network was gone for longer than a tap is patient, the server still counts on a page whose
   * person hung up, and the other side waits for it: it is told again as soon as it says so (S6).
   */
  private leaveAgain(views: readonly SessionView[]): void {
    if (this.live.connected.peek().kind !== "online") return;
    for (const view of views) {
      const place = callPlace(view, this.self);
      if (place.kind !== "here") continue;
      const key = callKey(view.id, place.call.id);
      if (this.left.has(key) && !this.toldLeft.has(key)) void this.tellLeft(view.id, key);
    }
  }

  private get self() {
    return { side: this.live.side, page: this.live.page };
  }

  private mayNeedCall(view: Parameters<typeof callPlace>[0]): boolean {
    const place = callPlace(view, this.self).kind;
    return view.state.kind === "ringing" || view.state.kind === "waiting" ||
      place === "incoming" || place === "here";
  }

  private follow(): void {
    const views = [...this.live.state.peek().sessions.values()].map(({ view }) => view);
    const current = this.session.peek();
    const { preparation, left } = this;
    const plan = planCall(views, this.self, { current, preparation, left });
    switch (plan.kind) {
      case "join":
        return this.join(plan);
      case "hold":
        this.session.value = plan.session;
        return;
      case "leave":
        if (preparation !== null || current !== null) this.leave();
    }
  }

  private join({ session, call }: Extract<CallPlan, { kind: "join" }>): void {
    const key = callKey(session, call.id);
    if (this.joined !== null && this.joined !== key) this.leave();
    this.preparation = null;
    this.session.value = session;
    const client = this.client.peek();
    if (this.joined === key) {
      client?.letVideo(this.mayShow(session));
      client?.follow(movesOf(call));
      return;
    }
    this.joined = key;
    const { medium, muted, screen = false, trouble = NO_TROUBLE } = call.sides[this.live.side];
    void this.ready().then((ready) => {
      if (this.joined === key) void ready?.join(call.id, { medium, muted, screen, trouble });
    });
  }

  private leave(): void {
    this.joined = null;
    this.preparation = null;
    this.session.value = null;
    this.reporter.forget();
    this.client.peek()?.leave();
  }

  private prepare(medium: Medium): void {
    const client = this.client.peek();
    if (client !== null) return void client.prepare(medium);
    void this.ready().then((ready) => {
      if (this.preparation !== null) void ready?.prepare(medium);
    });
  }

  /** The loaded call client; null: it could not be loaded, which the page says. */
  private ready(): Promise<CallClient | null> {
    this.loading ??= this.load().then((create) => {
      const client = create({
        side: this.live.side,
        ticket: (lost, blocked) => this.ticket(lost, blocked),
        rights: (wanted) => this.rights(wanted),
        report: (part) => this.report(part),
        reachable: () => this.live.connected.peek().kind === "online",
        onReached: (reached) => this.onReached(reached),
        name: () => this.otherName(),
        hangUp: () => void this.hangUp(),
      });
      this.loadFailed.value = false;
      client.phase.subscribe((phase) => {
        this.live.connection.inCall = phase !== "idle" && phase !== "failed";
        // What keeps voices from getting through may have ended the page's own connection, too.
        if (phase === "reconnecting") this.live.connection.probe();
      });
      return this.client.value = client;
    }, () => {
      this.loading = null;
      this.loadFailed.value = true;
      return null;
    });
    return this.loading;
  }

  private async ticket(lost: string | null, blocked: boolean): Promise<MediaTicket> {
    const session = this.session.peek();
    if (session === null) throw new TicketRefused("no_call");
    // What keeps the node from being heard may have ended the page's own connection, too.
    if (lost !== null) this.live.connection.probe();
    const lostNode = lost === null ? {} : { lost, ...blocked && { blocked } };
    const command = { type: "call.ticket", session, ...lostNode } as const;
    return ticketIn(await this.live.connection.command(command));
  }

  /** A slow line may lose the question: it is asked again, as what a person taps is. */
  private async rights(wanted: () => boolean): Promise<MediaTicket> {
    const session = this.session.peek();
    if (session === null) throw new TicketRefused("no_call");
    const still = () => this.session.peek() === session && wanted();
    return ticketIn(await this.live.act({ type: "call.ticket", session }, still));
  }

  private onReached(reached: () => void): () => void {
    return this.live.connected.subscribe(({ kind }) => {
      if (kind === "online") reached();
    });
  }

  /** Who is at the other end of the call this page is in. */
  private otherName(): string {
    const view = this.live.state.peek().sessions.get(this.session.peek() ?? "")?.view;
    return (this.live.side === "device" ? view?.technician.name : view?.device.name) ?? "";
  }

  private report(part: Part): void {
    const session = this.session.peek();
    if (session !== null && this.joined !== null) this.reporter.report(session, part);
  }
}

/** The ticket that was asked for; throws where there is none. */
function ticketIn(result: CommandResult): MediaTicket {
  if (result.kind === "rejected") throw new TicketRefused(result.code);
  if (result.kind === "ack" && "ticket" in result.body) return result.body.ticket;
  throw new Error("no way to the server");
}
