/** The sessions of one process: begins them, runs their actors, and keeps them to the switches. */
import { logFailure } from "../log/log.ts";
import type { AckBody } from "../protocol/messages.ts";
import { isRejection, reject, type Rejection } from "../protocol/errors.ts";
import type { MediaPort } from "../protocol/media_port.ts";
import { availability, type ChatService, EVERYTHING_ON } from "../protocol/service.ts";
import { currentCall, movesOf, type Session, type Surroundings } from "../protocol/session.ts";
import type { Clock, HubStore } from "./ports.ts";
import { RETRY_MS } from "./reading.ts";
import { SessionRegistry } from "./registry.ts";
import { SessionActor } from "./session_actor.ts";
import { type Start, startWith } from "./start_session.ts";

/** In place of the page that ended a session: it is gone, and no page has an empty name. */
const LEFT_PAGE = "";

/** What the sessions of a process are given. */
export interface SessionHostPorts {
  readonly store: Pick<HubStore, "sessions" | "device">;
  readonly media: MediaPort;
  readonly clock: Clock;
  /** How long a session or a call rings, in milliseconds (S4). */
  readonly ringFor: number;
  /** How many messages and how much text one commit may carry. */
  readonly commitLimits: { readonly maxMessages: number; readonly maxText: number };
  /** Called after every change this process committed: from nothing, at a start; to nothing, at the end. */
  moved(before: Session | null, after: Session | null): void;
}

/** The sessions of one process. */
export class SessionHost {
  readonly registry: SessionRegistry;
  readonly #ports: SessionHostPorts;
  /** The switches of the whole deployment, now. */
  readonly #chatService: () => ChatService;
  /** Nodes whose calls are on their way elsewhere. */
  readonly #leaving = new Set<string>();
  /** Sessions whose store did not take the switches, and how to call off the next attempt. */
  readonly #behind = new Map<SessionActor, () => void>();

  constructor(ports: SessionHostPorts, chatService: () => ChatService) {
    this.#ports = ports;
    this.#chatService = chatService;
    this.registry = new SessionRegistry((id) => this.#startActor(id));
  }

  /** Begins a session with a device (S1, S2). */
  async begin(start: Start): Promise<(AckBody & { readonly session: string }) | Rejection> {
    const started = await startWith(this.#ports.store, start, (own) => this.#around(own));
    if (isRejection(started)) return started;
    this.#ports.moved(null, started);
    return { session: started.id };
  }

  /** Ends a session of this technician, for no page; see Hub.endSession. */
  async endOf(technician: string, session: string): Promise<AckBody | Rejection> {
    if (this.registry.closed) return reject("busy");
    const actor = await this.registry.get(session);
    if (actor === null) return reject("session_ended");
    const command = { type: "session.end" } as const;
    const mine = actor.session.technician.id === technician;
    const result = mine
      ? await actor.submit({ by: "technician", client: LEFT_PAGE, command })
      : reject("session_ended");
    await this.registry.release(actor);
    return result;
  }

  /** M1 at once: sessions and the media node are kept to what is switched on now. */
  async applySwitches(): Promise<void> {
    await Promise.all(this.registry.running().map((actor) => this.#applySwitchesTo(actor)));
  }

  /** Takes nobody in any more, waits until everything accepted is durable, then stops all. */
  async close(): Promise<void> {
    await this.registry.close();
    for (const callOff of this.#behind.values()) callOff();
    this.#behind.clear();
  }

  async #startActor(id: string): Promise<SessionActor | null> {
    const { store, clock, commitLimits } = this.#ports;
    const head = await store.sessions.load(id);
    if (head === null) return null;
    const device = await store.device(head.session.device.id);
    const ofDevice = device?.chatService ?? EVERYTHING_ON;
    const actor = new SessionActor(
      {
        log: store.sessions,
        clock,
        around: () => this.#around(ofDevice),
        changed: (before, after) => this.#changed(before, after),
        moved: (before, after) => this.#ports.moved(before, after),
      },
      head,
      commitLimits,
    );
    // They may have been switched while no process looked at this session.
    this.#applySwitchesTo(actor);
    return actor;
  }

  #around(ofDevice: ChatService): Surroundings {
    const { clock, media, ringFor } = this.#ports;
    return {
      now: clock.now(),
      available: availability(this.#chatService(), ofDevice),
      node: media.nodeId(),
      ringFor,
    };
  }

  /** A call that is over must be over on the media node, too; of a session nothing is kept (S8). */
  async #changed(before: Session, after: Session | null): Promise<void> {
    if (after === null) this.registry.ended(before.id);
    const { media } = this.#ports;
    const was = currentCall(before);
    const is = after === null ? null : currentCall(after);
    const left = was.kind === "active" ? was : null;
    const goesOn = is?.kind === "active" ? is : null;
    if (goesOn !== null && goesOn.node !== left?.node) media.placed(goesOn.node);
    if (left === null) return;
    try {
      if (goesOn?.id !== left.id) await media.closeRoom(before.id, left.id, left.node);
      else if (goesOn.node !== left.node) {
        await media.leaveRoom(before.id, { call: left.id, move: movesOf(left) }, left.node);
      }
    } catch (error) {
      logFailure("media_not_told", error);
    }
  }

  /** A node wants to go: its calls go elsewhere, one after the other. */
  async leaveNode(node: string): Promise<void> {
    if (this.#leaving.has(node)) return;
    this.#leaving.add(node);
    try {
      for (const actor of this.registry.running()) {
        const call = currentCall(actor.session);
        if (call.kind !== "active" || call.node !== node) continue;
        await actor.submit({ by: "media", from: node });
      }
    } finally {
      this.#leaving.delete(node);
    }
  }

  /** What the store did not take is tried again here; what a node did not take, by its gateway. */
  async #applySwitchesTo(actor: SessionActor): Promise<void> {
    if (currentCall(actor.session).kind === "none") return;
    const answer = await actor.submit({ by: "policy" });
    if (isRejection(answer) && answer.code === "busy") this.#applySoon(actor);
    const call = currentCall(actor.session);
    if (call.kind !== "active") return;
    const { voice, video } = actor.available;
    try {
      await this.#ports.media.restrict(actor.session.id, { voice, video }, call.node);
    } catch (error) {
      logFailure("media_not_told", error);
    }
  }

  #applySoon(actor: SessionActor): void {
    if (!actor.live) return;
    this.#behind.get(actor)?.();
    const callOff = this.#ports.clock.after(RETRY_MS, () => {
      this.#behind.delete(actor);
      void this.#applySwitchesTo(actor);
    });
    this.#behind.set(actor, callOff);
  }
}
