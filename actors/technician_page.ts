/** A technician's page: the device list, and all open sessions of this technician. */
import { reject, type Rejection } from "../protocol/errors.ts";
import {
  type AckBody,
  type DeviceRow,
  type Hello,
  PROTOCOL_VERSION,
} from "../protocol/messages.ts";
import { deviceStatus } from "../protocol/service.ts";
import type { Party } from "../protocol/session.ts";
import type { Directory, DirectoryChange } from "./directory.ts";
import { Follower } from "./follower.ts";
import type { PageCommand, PageRole } from "./page_socket.ts";
import { type PagePorts, SILENCE_MS } from "./page_ports.ts";
import type { DirectoryEntry } from "./ports.ts";

/** What a technician's page is given beyond the ports of every page. */
export interface TechnicianPorts extends PagePorts {
  readonly directory: Directory;
  sessionsOf(technician: string): Promise<string[]>;
  /** Starts a session with a device (S1, S2). */
  startSession(technician: Party, device: string, client: string): Promise<AckBody | Rejection>;
}

/** The role of a page of `technician`. */
export class TechnicianPage implements PageRole {
  readonly technician: Party;
  readonly #ports: TechnicianPorts;
  #follower: Follower | null = null;
  #client = "";
  #unfollowMedia: () => void = () => {};
  #unfollowDirectory: () => void = () => {};
  #entries: ReadonlyMap<string, DirectoryEntry> = new Map();

  constructor(technician: Party, ports: TechnicianPorts) {
    this.technician = technician;
    this.#ports = ports;
  }

  async hello(hello: Hello): Promise<void> {
    this.#stopFollowing();
    const sessions = await this.#ports.sessionsOf(this.technician.id);
    this.#ports.send({
      type: "welcome",
      version: PROTOCOL_VERSION,
      now: this.#ports.clock.now(),
      sessions,
      silence: SILENCE_MS,
    });
    this.#client = hello.client;
    const follower = new Follower(this.#ports, "technician", hello.client);
    this.#follower = follower;
    this.#unfollowMedia = this.#ports.followMedia();
    await Promise.all(sessions.map((id) => follower.follow(id, hello.lastSeq[id] ?? 0)));
    this.#unfollowDirectory = this.#ports.directory.follow((change) => this.#tell(change));
  }

  async command(command: PageCommand): Promise<AckBody | Rejection> {
    if (command.type === "session.start") {
      return await this.#ports.startSession(this.technician, command.device, this.#client);
    }
    return await this.#follower?.request(command) ?? reject("not_ready");
  }

  closed(): void {
    this.#stopFollowing();
  }

  /** A session of this technician began, on whatever page. */
  async follow(session: string): Promise<void> {
    await this.#follower?.follow(session, 0);
  }

  /** The chat service was switched: every row may read differently. */
  announce(): void {
    const entries = [...this.#entries.values()];
    this.#tell({ entries, removed: [], complete: true });
  }

  #stopFollowing(): void {
    this.#unfollowDirectory();
    this.#unfollowMedia();
    this.#follower?.leave();
  }

  #tell(change: DirectoryChange): void {
    const entries = new Map(change.complete ? [] : this.#entries);
    for (const entry of change.entries) entries.set(entry.device.id, entry);
    for (const id of change.removed) entries.delete(id);
    this.#entries = entries;
    this.#ports.send({
      type: "devices",
      devices: change.entries.map((entry) => this.#row(entry)),
      removed: change.removed,
      complete: change.complete,
    });
    // A session started on a page in another process shows up here first.
    for (const { held } of change.entries) {
      if (held?.technician.id !== this.technician.id) continue;
      this.follow(held.session).catch((error) => {
        console.error("a session could not be followed; the page is told to come back:", error);
        this.#ports.close("unavailable");
      });
    }
  }

  #row({ device, reachable, held }: DirectoryEntry): DeviceRow {
    const available = this.#ports.available(device.chatService);
    const installed = device.installedAt !== null;
    return {
      id: device.id,
      name: device.name,
      status: deviceStatus({ installed, available, inSession: held !== null }),
      reachable,
      available,
      session: held && {
        id: held.session,
        technician: held.technician.name,
        mine: held.technician.id === this.technician.id,
      },
    };
  }
}
