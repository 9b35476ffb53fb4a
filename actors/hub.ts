/**
 * Everything one web process does for connected pages: welcomes them, keeps their sessions' actors,
 * their devices' lines, the device list, the switches and the heartbeat. Sockets and KV stay outside.
 */
import type { Rejection } from "../protocol/errors.ts";
import type { AckBody } from "../protocol/messages.ts";
import { availability, type ChatService } from "../protocol/service.ts";
import { currentCall, type Party, type Session } from "../protocol/session.ts";
import { DeviceLine } from "./device_line.ts";
import { DevicePage } from "./device_page.ts";
import { Directory } from "./directory.ts";
import { HEARTBEAT_MS, type PagePorts } from "./page_ports.ts";
import { PageSocket } from "./page_socket.ts";
import { PresenceBook } from "./presence_book.ts";
import type { Clock, Connection, HubStore, MediaPort, PageHandler } from "./ports.ts";
import { SessionRegistry } from "./registry.ts";
import { type SessionActor, startSessionActor } from "./session_actor.ts";
import { startWith } from "./start_session.ts";
import { TechnicianPage } from "./technician_page.ts";

/** What a hub is given. */
export interface HubPorts {
  readonly store: HubStore;
  readonly media: MediaPort;
  readonly clock: Clock;
  /** How long a session or a call rings, in milliseconds (S4). */
  readonly ringFor: number;
  /** How many messages and how much text one commit may carry. */
  readonly commitLimits: { readonly maxMessages: number; readonly maxText: number };
}

/** A page that is connected here. */
interface Page {
  readonly socket: PageSocket;
  readonly connection: Connection;
}

/** How often the process's lease is renewed, in milliseconds; well within its length. */
const RENEW_LEASE_MS = 10_000;

/** How often an open console counts as using its sign-in, in milliseconds. */
const KEEP_SIGNED_IN_MS = 10 * 60 * 1000;

/** The hub of one web process. Made by {@link openHub}. */
export class Hub {
  readonly #ports: HubPorts;
  readonly #sessions: SessionRegistry;
  readonly #directory: Directory;
  readonly #presence: PresenceBook;
  readonly #lines = new Map<string, DeviceLine>();
  readonly #pages = new Set<Page>();
  /** Technicians' pages, each with the sign-in it came with. */
  readonly #consoles = new Map<TechnicianPage, string>();
  readonly #stops: (() => void)[] = [];
  #chatService: ChatService;
  #closed = false;

  constructor(ports: HubPorts, chatService: ChatService) {
    this.#ports = ports;
    this.#chatService = chatService;
    this.#sessions = new SessionRegistry((id) => this.#startActor(id));
    this.#directory = new Directory(ports.store, ports.clock);
    this.#presence = new PresenceBook(ports.store.presence);
    this.#stops.push(
      ports.store.watchChatService(() => this.#readChatService()),
      this.#every(HEARTBEAT_MS, () => this.#heartbeat()),
      this.#every(RENEW_LEASE_MS, () => this.#renewLease()),
      this.#every(KEEP_SIGNED_IN_MS, () => this.#keepSignedIn()),
    );
  }

  /** A technician's page connected; `signInHash` is what its cookie was checked against. */
  connectTechnician(
    identity: { readonly technician: Party; readonly signInHash: string },
    connection: Connection,
  ): PageHandler {
    const { store } = this.#ports;
    const page = this.#open(connection);
    const role = new TechnicianPage(identity.technician, {
      ...this.#pagePorts(page),
      directory: this.#directory,
      sessionsOf: (technician) => store.sessions.ofTechnician(technician),
      startSession: (technician, device, client) => this.#startSession(technician, device, client),
    });
    this.#consoles.set(role, identity.signInHash);
    const unwatch = store.watchSignIn(identity.signInHash, identity.technician.id, () => {
      connection.close("signed_out");
    });
    page.socket.serve(role);
    return this.#handler(page, () => {
      unwatch();
      this.#consoles.delete(role);
    });
  }

  /** A device's page connected. */
  connectDevice(identity: { readonly device: string }, connection: Connection): PageHandler {
    const page = this.#open(connection);
    const line = this.#line(identity.device);
    const role = new DevicePage(line, this.#pagePorts(page));
    // Before its hello the line must not count as deserted.
    const hold = { lineChanged: () => {}, removed: () => connection.close("removed") };
    line.join(hold);
    this.#presence.came(identity.device);
    this.#markInstalled(line);
    page.socket.serve(role);
    return this.#handler(page, () => {
      line.leave(hold);
      this.#presence.left(identity.device);
      this.#releaseLine(line);
    });
  }

  /** How many pages are connected to this process. */
  get pages(): number {
    return this.#pages.size;
  }

  /** Tells every page that this process goes, waits for what was accepted, and lets go of all. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stops.splice(0)) stop();
    for (const { connection } of this.#pages) connection.close("shutting_down");
    await this.#sessions.close();
    for (const line of this.#lines.values()) line.close();
    this.#directory.close();
    await this.#presence.settled();
    await this.#ports.store.presence.leave();
  }

  // --- pages -------------------------------------------------------------------------------------

  #open(connection: Connection): Page {
    if (this.#closed) connection.close("shutting_down");
    const page = { socket: new PageSocket(connection, this.#ports.clock), connection };
    this.#pages.add(page);
    return page;
  }

  #handler(page: Page, gone: () => void): PageHandler {
    let open = true;
    return {
      receive: (data) => page.socket.receive(data),
      closed: () => {
        if (!open) return;
        open = false;
        this.#pages.delete(page);
        page.socket.closed();
        gone();
      },
    };
  }

  #pagePorts({ socket, connection }: Page): PagePorts {
    const { clock, media } = this.#ports;
    return {
      registry: this.#sessions,
      media,
      clock,
      send: (message) => socket.send(message),
      close: (reason) => connection.close(reason),
      unavailable: () => connection.close("unavailable"),
      available: (device) => availability(this.#chatService, device),
      followMedia: () => {
        socket.send({ type: "media", status: media.status() });
        return media.onStatus((status) => socket.send({ type: "media", status }));
      },
    };
  }

  #heartbeat(): void {
    for (const { socket } of this.#pages) {
      if (socket.ready) socket.send({ type: "heartbeat" });
    }
  }

  // --- devices -----------------------------------------------------------------------------------

  #line(device: string): DeviceLine {
    const known = this.#lines.get(device);
    if (known !== undefined) return known;
    const line = new DeviceLine(device, this.#ports.store);
    this.#lines.set(device, line);
    return line;
  }

  #releaseLine(line: DeviceLine): void {
    if (!line.deserted) return;
    this.#lines.delete(line.id);
    line.close();
  }

  /** T1: a page of it connected, so its agent is installed. */
  async #markInstalled(line: DeviceLine): Promise<void> {
    await line.settled();
    if (line.record === null || line.record.installedAt !== null) return;
    try {
      await this.#ports.store.markInstalled(line.id, this.#ports.clock.now());
    } catch (error) {
      console.error("a device could not be marked as installed; its next page tries again:", error);
    }
  }

  // --- sessions ----------------------------------------------------------------------------------

  async #startSession(
    technician: Party,
    device: string,
    client: string,
  ): Promise<AckBody | Rejection> {
    const started = await startWith(
      this.#ports.store,
      { technician, device, client },
      (ofDevice) => this.#around(ofDevice),
    );
    if ("kind" in started) return started;
    this.#lines.get(device)?.refresh();
    const own = [...this.#consoles.keys()].filter((page) => page.technician.id === technician.id);
    await Promise.all(own.map((page) => page.follow(started.session)));
    return started;
  }

  async #startActor(id: string): Promise<SessionActor | null> {
    const { store, clock, commitLimits } = this.#ports;
    // Until the device's own switches are read, everything is on: the deployment's hold anyway.
    let ofDevice: ChatService | null = null;
    const actor = await startSessionActor(
      {
        log: store.sessions,
        clock,
        around: () => this.#around(ofDevice ?? this.#chatService),
        changed: (before, after) => this.#changed(before, after),
      },
      id,
      commitLimits,
    );
    if (actor === null) return null;
    ofDevice = (await store.device(actor.session.device.id))?.chatService ?? null;
    return actor;
  }

  #around(ofDevice: ChatService) {
    const { clock, media, ringFor } = this.#ports;
    return {
      now: clock.now(),
      available: availability(this.#chatService, ofDevice),
      node: media.nodeId(),
      ringFor,
    };
  }

  /** A call that is over must be over on the media node, too. */
  async #changed(before: Session, after: Session | null): Promise<void> {
    const call = currentCall(before);
    const now = after === null ? null : currentCall(after);
    if (call.kind !== "active" || (now?.kind === "active" && now.id === call.id)) return;
    try {
      await this.#ports.media.closeRoom(before.id, call.id);
    } catch (error) {
      console.error("the media node could not be told that a call is over:", error);
    }
  }

  // --- settings and time -------------------------------------------------------------------------

  /** M1 at once: pages, sessions and the media node learn what was switched. */
  async #readChatService(): Promise<void> {
    const chatService = await this.#ports.store.chatService();
    if (JSON.stringify(chatService) === JSON.stringify(this.#chatService)) return;
    this.#chatService = chatService;
    for (const line of this.#lines.values()) line.announce();
    for (const console of this.#consoles.keys()) console.announce();
    for (const actor of this.#sessions.running()) {
      await actor.submit({ by: "policy" });
      await this.#restrict(actor);
    }
  }

  async #restrict(actor: SessionActor): Promise<void> {
    if (currentCall(actor.session).kind !== "active") return;
    const { voice, video } = actor.available;
    try {
      await this.#ports.media.restrict(actor.session.id, { voice, video });
    } catch (error) {
      console.error("the media node could not be told what was switched off:", error);
    }
  }

  async #renewLease(): Promise<void> {
    try {
      await this.#ports.store.presence.renewLease();
    } catch (error) {
      console.error("the lease of this process could not be renewed:", error);
    }
  }

  async #keepSignedIn(): Promise<void> {
    for (const hash of new Set(this.#consoles.values())) {
      try {
        await this.#ports.store.keepSignedIn(hash);
      } catch (error) {
        console.error("a sign-in could not be kept alive; the next round tries again:", error);
      }
    }
  }

  #every(milliseconds: number, run: () => void): () => void {
    const timer = setInterval(run, milliseconds);
    return () => clearInterval(timer);
  }
}

/** Opens the hub of this process: takes a lease, clears up after dead processes, then serves. */
export async function openHub(ports: HubPorts): Promise<Hub> {
  await ports.store.presence.renewLease();
  await ports.store.presence.sweep();
  await ports.store.sessions.finishEnds();
  return new Hub(ports, await ports.store.chatService());
}
