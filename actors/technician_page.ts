/** A technician's page: the device list, and all open sessions of this technician. */
import { reject, type Rejection } from "../protocol/errors.ts";
import { PROTOCOL_VERSION } from "../protocol/frames.ts";
import type { AckBody, DeviceRow, Hello } from "../protocol/messages.ts";
import { isNotificationCommand } from "../protocol/notification_commands.ts";
import { deviceStatus } from "../protocol/service.ts";
import type { Party } from "../protocol/session.ts";
import type { Directory, DirectoryChange } from "./directory.ts";
import { tellEnds } from "./ends.ts";
import { Follower } from "./follower.ts";
import type { NotificationDesk } from "./notification_desk.ts";
import { type PageOut, type PageServices, SILENCE_MS } from "./page_ports.ts";
import type { PageRole } from "./page_socket.ts";
import type { DirectoryEntry, PageCommand } from "./ports.ts";
import { Reading } from "./reading.ts";

/** What a technician's page is given beyond the services of every page. */
export interface TechnicianServices extends PageServices {
  readonly directory: Directory;
  sessionsOf(technician: string): Promise<string[]>;
  /** Starts a session with a device (S1, S2). */
  startSession(technician: Party, device: string, client: string): Promise<AckBody | Rejection>;
  readonly notifications: NotificationDesk;
}

/** The role of a page of `technician`. */
export class TechnicianPage implements PageRole {
  readonly technician: Party;
  readonly #services: TechnicianServices;
  readonly #out: PageOut;
  #follower: Follower | null = null;
  #client = "";
  #unfollowDirectory: () => void = () => {};
  #unfollowSent: () => void = () => {};
  #all: DirectoryChange["all"] = new Map();
  /** Rows this page was not told yet, for it takes nothing more now; null: it knows all. */
  #untold: { readonly ids: Set<string>; complete: boolean } | null = null;
  #waitsForRoom = false;
  #closed = false;

  constructor(technician: Party, services: TechnicianServices, out: PageOut) {
    this.technician = technician;
    this.#services = services;
    this.#out = out;
  }

  async hello(hello: Hello): Promise<void> {
    this.#stopFollowing();
    const { directory, media, clock } = this.#services;
    const sessions = await this.#services.sessionsOf(this.technician.id);
    await tellEnds(this.#services, this.#out, hello, sessions);
    if (this.#closed) return;
    this.#out.send({
      type: "welcome",
      version: PROTOCOL_VERSION,
      now: clock.now(),
      sessions,
      build: this.#services.build(),
      silence: SILENCE_MS,
    });
    this.#out.send({ type: "media", status: media.status() });
    this.#client = hello.client;
    const follower = new Follower(this.#services, this.#out, "technician", hello.client);
    this.#follower = follower;
    await Promise.all(sessions.map((id) => follower.follow(id, hello.lastSeq[id] ?? 0)));
    if (this.#closed) return;
    this.#unfollowDirectory = directory.follow((change) => this.#tell(change));
    this.#unfollowSent = this.#followSent();
  }

  async command(command: PageCommand): Promise<AckBody | Rejection> {
    if (command.type === "session.start") {
      return await this.#services.startSession(this.technician, command.device, this.#client);
    }
    // A device's page finds these things out, nobody else (A1).
    if (command.type === "equipment.ticket" || command.type === "equipment.report") {
      return reject("forbidden");
    }
    if (isNotificationCommand(command)) {
      return await this.#services.notifications.ofTechnician(this.technician, command);
    }
    return await this.#follower?.request(command) ?? reject("not_ready");
  }

  closed(): void {
    this.#closed = true;
    this.#stopFollowing();
  }

  /** A session of this technician began, on whatever page. */
  async follow(session: string): Promise<void> {
    await this.#follower?.follow(session, 0);
  }

  /** The chat service was switched: every row may read differently. */
  announce(): void {
    // It was not told of any row yet: the first reading, which comes, knows the switches.
    if (this.#all.size === 0) return;
    this.#tell({ all: this.#all, changed: [], complete: true });
  }

  /** Tells what became of the notifications this technician sent, now and whenever it changes. */
  #followSent(): () => void {
    const { clock, notifications } = this.#services;
    const { id } = this.technician;
    const reading = new Reading({
      clock,
      what: "sent notifications",
      read: async () => {
        this.#out.send({ type: "sent", notifications: await notifications.sentBy(id) });
      },
    });
    const unwatch = notifications.watchSent(id, () => reading.ring());
    return () => {
      unwatch();
      reading.close();
    };
  }

  #stopFollowing(): void {
    this.#unfollowDirectory();
    this.#unfollowSent();
    this.#follower?.leave();
    this.#follower = null;
    this.#all = new Map();
    this.#untold = null;
  }

  #tell({ all, changed, complete }: DirectoryChange): void {
    this.#all = all;
    this.#untold ??= { ids: new Set(), complete: false };
    this.#untold.complete ||= complete;
    for (const id of changed) this.#untold.ids.add(id);
    if (!this.#out.congested) this.#tellRows();
    else if (!this.#waitsForRoom) {
      this.#waitsForRoom = true;
      this.#out.whenClear(() => {
        this.#waitsForRoom = false;
        this.#tellRows();
      });
    }
    // A session started on a page in another process shows up here first.
    for (const id of complete ? all.keys() : changed) {
      const held = all.get(id)?.held;
      if (held?.technician.id === this.technician.id) this.follow(held.session);
    }
  }

  /** All rows this page was not told yet, as they are now. */
  #tellRows(): void {
    const untold = this.#untold;
    if (untold === null) return;
    this.#untold = null;
    const { complete } = untold;
    const ids = [...complete ? this.#all.keys() : untold.ids];
    this.#out.send({
      type: "devices",
      devices: ids.flatMap((id) => this.#all.get(id) ?? []).map((entry) => this.#row(entry)),
      removed: complete ? [] : ids.filter((id) => !this.#all.has(id)),
      complete,
    });
  }

  #row({ device, reachable, held }: DirectoryEntry): DeviceRow {
    const available = this.#services.available(device.chatService);
    const installed = device.installedAt !== null;
    return {
      id: device.id,
      name: device.name,
      status: deviceStatus({ installed, available, inSession: held !== null }),
      reachable,
      notifiable: (device.subscriptions ?? 0) > 0,
      available,
      equipment: device.equipment ?? null,
      session: held && {
        id: held.session,
        technician: held.technician.name,
        mine: held.technician.id === this.technician.id,
      },
    };
  }
}
