/**
 * Everything one web process does for connected pages: welcomes them and keeps their devices' lines,
 * their sessions, the device list and the switches. Sockets and KV stay outside.
 */
import { isRejection, type Rejection } from "../protocol/errors.ts";
import type { AckBody } from "../protocol/messages.ts";
import { availability, type ChatService } from "../protocol/service.ts";
import type { Party } from "../protocol/session.ts";
import type { Device } from "../store/device.ts";
import { ConnectedPages } from "./connected_pages.ts";
import { DeviceLine } from "./device_line.ts";
import { DevicePage, type DeviceServices } from "./device_page.ts";
import { Directory } from "./directory.ts";
import { EquipmentDesk } from "./equipment_desk.ts";
import { Crowd } from "./crowd.ts";
import { Errands } from "./errands.ts";
import { HandOver } from "./hand_over.ts";
import type { LoadPort } from "./load.ts";
import { NotificationDesk } from "./notification_desk.ts";
import { Notifier } from "./notifier.ts";
import { PageSocket } from "./page_socket.ts";
import { PresenceBook } from "./presence_book.ts";
import type { Connection, HubStore, PageHandler, PushPort } from "./ports.ts";
import { Reading } from "./reading.ts";
import { SessionHost, type SessionHostPorts } from "./session_host.ts";
import { TechnicianPage, type TechnicianServices } from "./technician_page.ts";

/** What a hub is given. */
export interface HubPorts extends Omit<SessionHostPorts, "moved"> {
  readonly store: HubStore;
  readonly push: PushPort;
  /** Names the build that is served. */
  readonly build: () => string;
  /** How loaded this process is. */
  readonly load: LoadPort;
}

/** How often the process's lease is renewed, in milliseconds; well within its length. */
const RENEW_LEASE_MS = 10_000;
/** How long pages of a process that went have to come back before a push looks for them, in milliseconds. */
const COME_BACK_MS = 10_000;
/** How often an open console counts as using its sign-in, in milliseconds. */
const KEEP_SIGNED_IN_MS = 10 * 60 * 1000;

/** The hub of one web process. Made by {@link openHub}. */
export class Hub {
  /** How loaded this process is. */
  readonly load: LoadPort;
  /** What all pages of a person may do together. */
  readonly crowd: Crowd;
  readonly #ports: HubPorts;
  readonly #services: DeviceServices & TechnicianServices;
  readonly #sessions: SessionHost;
  readonly #directory: Directory;
  readonly #notifier: Notifier;
  readonly #presence: PresenceBook;
  readonly #pages: ConnectedPages;
  readonly #errands = new Errands();
  readonly #lines = new Map<string, DeviceLine>();
  /** Technicians' pages, each with the sign-in it came with. */
  readonly #consoles = new Map<TechnicianPage, string>();
  readonly #switches: Reading;
  readonly #stops: (() => void)[];
  readonly #handOver: HandOver;
  #chatService: ChatService;
  #closed = false;

  constructor(ports: HubPorts, chatService: ChatService) {
    const { store, clock, media } = ports;
    this.#ports = ports;
    this.#chatService = chatService;
    this.#notifier = new Notifier({ ...ports, here: (device) => this.#lines.has(device) });
    const moved: SessionHostPorts["moved"] = (before, after) => this.#notifier.moved(before, after);
    this.#sessions = new SessionHost({ ...ports, moved }, () => this.#chatService);
    this.#directory = new Directory(store, clock);
    this.#presence = new PresenceBook(store.presence);
    this.#pages = new ConnectedPages(clock);
    this.crowd = new Crowd(clock);
    this.load = ports.load;
    const [pages, notifier] = [this.#pages, this.#notifier];
    const recorded = () => this.#presence.settled();
    this.#handOver = new HandOver({ ...store, clock, pages, notifier, recorded });
    this.#services = this.#openServices();
    const read = () => this.#readChatService();
    this.#switches = new Reading({ clock, what: "the chat service's switches", read });
    const renew = () => this.#errands.run("lease_not_renewed", () => this.#renewLease());
    this.#stops = [
      store.watchChatService(() => this.#switches.ring()),
      media.onStatus((status) => {
        for (const page of this.#pages) page.tell({ type: "media", status });
      }),
      media.onLeaving((node) => {
        this.#errands.run("calls_not_moved", () => this.#sessions.leaveNode(node));
      }),
      clock.every(RENEW_LEASE_MS, renew),
      clock.every(KEEP_SIGNED_IN_MS, () => {
        for (const hash of new Set(this.#consoles.values())) {
          this.#errands.run("sign_in_not_kept", () => store.keepSignedIn(hash));
        }
      }),
      () => this.#switches.close(),
    ];
  }

  /** A technician's page connected; `signInHash` is what its cookie was checked against. */
  connectTechnician(
    identity: { readonly technician: Party; readonly signInHash: string },
    connection: Connection,
  ): PageHandler {
    const { technician, signInHash } = identity;
    const who = `technician ${technician.id}`;
    const socket = this.#socket(who, connection);
    if (this.#handOver.begun) return socket.turnAway();
    const page = new TechnicianPage(technician, this.#services, socket);
    const unwatch = this.#ports.store.watchSignIn(signInHash, technician.id, () => {
      socket.close("signed_out");
    });
    this.#consoles.set(page, signInHash);
    this.#pages.add(socket);
    const leave = this.crowd.enter(who, socket);
    socket.serve(page, () => {
      unwatch();
      leave();
      this.#consoles.delete(page);
      this.#pages.delete(socket);
    });
    return socket;
  }

  /** A device's page connected; `browser`: the hash of its token, without which it takes no pushes. */
  connectDevice(
    { device, browser = null }: { readonly device: string; readonly browser?: string | null },
    connection: Connection,
  ): PageHandler {
    const who = `device ${device}`;
    const socket = this.#socket(who, connection);
    if (this.#handOver.begun) return socket.turnAway();
    const line = this.#lines.get(device) ?? this.#openLine(device);
    this.#pages.add(socket);
    const leave = this.crowd.enter(who, socket);
    socket.serve(new DevicePage(line, browser, this.#services, socket), () => {
      leave();
      this.#pages.delete(socket);
      if (line.deserted) this.#closeLine(line);
    });
    return socket;
  }

  /**
   * Ends a session of this technician for a page that is going away and cannot wait for its socket
   * (S5, A1). Refused with "session_ended" where there is no such session, or it is somebody else's.
   */
  async endSession(technician: string, session: string): Promise<AckBody | Rejection> {
    return await this.#sessions.endOf(technician, session);
  }

  /** Resolves once no page is connected to this process. */
  pagesGone(): Promise<void> {
    return this.#pages.gone();
  }

  /** Sends every page to another process, answered what it asked; nobody is taken in here any more. */
  async handOver(): Promise<void> {
    await this.#handOver.run();
  }

  /** Waits for what was accepted, tells every page that this process goes, and lets go of all. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#handOver.begin();
    for (const stop of this.#stops) stop();
    this.#pages.stopListening();
    await this.#sessions.close();
    await this.#notifier.close();
    await this.#errands.close();
    for (const page of this.#pages) page.close("shutting_down");
    for (const line of this.#lines.values()) line.close();
    this.#directory.close();
    await this.#presence.close();
    await this.#handOver.end();
  }

  /** What service workers ask without a page. */
  get notifications(): NotificationDesk {
    return this.#services.notifications;
  }

  /** Brings what processes that died did not bring; pages of theirs may be on their way here. */
  recover(): void {
    this.#notifier.recover();
    const back = () => this.#notifier.recoverSessions();
    this.#stops.push(this.#ports.clock.after(COME_BACK_MS, back));
  }

  #socket(who: string, connection: Connection): PageSocket {
    const { clock } = this.#ports;
    const services = { clock, errands: this.#errands, load: () => this.load.load };
    return new PageSocket(connection, services, this.crowd.of(who));
  }

  #openServices(): DeviceServices & TechnicianServices {
    const { clock, media, store } = this.#ports;
    const available = (device: ChatService) => availability(this.#chatService, device);
    const notifications = new NotificationDesk({
      ...{ store, clock, available },
      push: this.#ports.push,
      notifier: this.#notifier,
    });
    return {
      registry: this.#sessions.registry,
      attachments: store.attachments,
      media,
      clock,
      available,
      build: this.#ports.build,
      notifications,
      equipment: new EquipmentDesk({ store, media, clock }),
      agentRuns: (device) => this.#markInstalled(device),
      directory: this.#directory,
      ended: (session) => store.sessions.ended(session),
      sessionsOf: (technician) => store.sessions.ofTechnician(technician),
      startSession: (technician, device, client) => this.#startSession(technician, device, client),
    };
  }

  #openLine(device: string): DeviceLine {
    const { store, clock } = this.#ports;
    const line = new DeviceLine(device, store, clock);
    this.#lines.set(device, line);
    this.#presence.note(device, true);
    return line;
  }

  #closeLine(line: DeviceLine): void {
    this.#lines.delete(line.id);
    this.#presence.note(line.id, false);
    line.close();
    if (this.#handOver.took(line.id)) return;
    void this.#presence.settled().then(() => this.#notifier.left(line.id));
  }

  #markInstalled({ id, installedAt }: Device): void {
    if (installedAt !== null) return;
    const { store, clock } = this.#ports;
    this.#errands.run("device_not_marked", () => store.markInstalled(id, clock.now()));
  }

  async #startSession(
    technician: Party,
    device: string,
    client: string,
  ): Promise<AckBody | Rejection> {
    const started = await this.#sessions.begin({ technician, device, client });
    if (isRejection(started)) return started;
    this.#lines.get(device)?.refresh();
    const own = [...this.#consoles.keys()].filter((page) => page.technician.id === technician.id);
    await Promise.all(own.map((page) => page.follow(started.session)));
    return started;
  }

  /** M1 at once: pages, sessions and the media node learn what was switched. */
  async #readChatService(): Promise<void> {
    const chatService = await this.#ports.store.chatService();
    if (JSON.stringify(chatService) === JSON.stringify(this.#chatService)) return;
    this.#chatService = chatService;
    for (const line of this.#lines.values()) line.announce();
    for (const page of this.#consoles.keys()) page.announce();
    await this.#sessions.applySwitches();
  }

  /** Shows that this process lives, and clears up after those that do not any more. */
  async #renewLease(): Promise<void> {
    const { presence, sessions } = this.#ports.store;
    if (!await presence.renewLease()) {
      for (const device of this.#lines.keys()) this.#presence.note(device, true);
    }
    this.#presence.write();
    await sessions.finishOwnEnds();
    // Who died may have died in the middle of an end.
    if (await presence.sweepLapsed() > 0) {
      await sessions.finishEnds();
      this.#notifier.recover();
      this.#notifier.recoverSessions();
    }
  }
}

/** Opens the hub of this process: takes a lease, clears up after dead processes, then serves. */
export async function openHub(ports: HubPorts): Promise<Hub> {
  await ports.store.presence.renewLease();
  await ports.store.presence.sweep();
  await ports.store.sessions.finishEnds();
  const hub = new Hub(ports, await ports.store.chatService());
  hub.recover();
  return hub;
}
