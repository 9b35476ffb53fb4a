/** A device's page: sees its own status and its one session, nothing else (A2). */
import { reject, type Rejection } from "../protocol/errors.ts";
import { PROTOCOL_VERSION } from "../protocol/frames.ts";
import type { AckBody, Hello, ServerMessage } from "../protocol/messages.ts";
import {
  isNotificationCommand,
  type NotificationCommand,
} from "../protocol/notification_commands.ts";
import { deviceStatus } from "../protocol/service.ts";
import type { Device } from "../store/device.ts";
import type { DeviceLine, LinePage } from "./device_line.ts";
import type { EquipmentDesk } from "./equipment_desk.ts";
import { tellEnds } from "./ends.ts";
import { Follower } from "./follower.ts";
import type { NotificationDesk } from "./notification_desk.ts";
import { type PageOut, type PageServices, SILENCE_MS } from "./page_ports.ts";
import type { PageRole } from "./page_socket.ts";
import type { PageCommand } from "./ports.ts";

/** What a device's page is given beyond the services of every page. */
export interface DeviceServices extends PageServices {
  /** A page of this device introduced itself, so its agent is installed (T1). */
  agentRuns(device: Device): void;
  readonly notifications: NotificationDesk;
  readonly equipment: EquipmentDesk;
}

/** The role of a page of the device behind `line`, which it joins until it is closed. */
export class DevicePage implements PageRole, LinePage {
  readonly #line: DeviceLine;
  readonly #services: DeviceServices;
  readonly #out: PageOut;
  /** The hash of its browser's token; null: a page that takes no pushes. */
  readonly #browser: string | null;
  /** The page's name, once it is welcomed. */
  #client: string | null = null;
  /** Made when there is a session to follow: most pages idle. */
  #follower: Follower | null = null;
  /** The last status and notifications sent, so that the same is not said twice. */
  readonly #said = new Map<ServerMessage["type"], string>();
  #closed = false;

  constructor(
    line: DeviceLine,
    browser: string | null,
    services: DeviceServices,
    out: PageOut,
  ) {
    this.#line = line;
    this.#browser = browser;
    this.#services = services;
    this.#out = out;
    line.join(this);
  }

  async hello(hello: Hello): Promise<void> {
    this.#forget();
    await this.#line.look();
    if (this.#closed) return;
    const { record, held } = this.#line;
    if (record === null) return this.#out.close("removed");
    this.#services.agentRuns(record);
    const sessions = held === null ? [] : [held.session];
    await tellEnds(this.#services, this.#out, hello, sessions);
    if (this.#closed) return;
    this.#out.send({
      type: "welcome",
      version: PROTOCOL_VERSION,
      now: this.#services.clock.now(),
      sessions,
      build: this.#services.build(),
      silence: SILENCE_MS,
    });
    this.#out.send({ type: "media", status: this.#services.media.status() });
    this.#client = hello.client;
    this.#show(hello.lastSeq);
  }

  async command(command: PageCommand): Promise<AckBody | Rejection> {
    if (command.type === "session.start") return reject("forbidden");
    const { equipment } = this.#services;
    if (command.type === "equipment.ticket") return await equipment.ticket(this.#line.id);
    if (command.type === "equipment.report") {
      return await equipment.report(this.#line.id, command.report);
    }
    if (isNotificationCommand(command)) return await this.#notified(command);
    return await this.#follower?.request(command) ?? reject("session_ended");
  }

  closed(): void {
    this.#closed = true;
    this.#line.leave(this);
    this.#forget();
  }

  lineChanged(): void {
    this.#show({});
  }

  removed(): void {
    this.#out.close("removed");
  }

  async #notified(command: NotificationCommand): Promise<AckBody | Rejection> {
    const { record } = this.#line;
    if (record === null) return reject("unknown_device");
    const answer = await this.#services.notifications.ofDevice(record, this.#browser, command);
    // What was acted on pops up no more, on this page at once.
    this.#line.refresh();
    return answer;
  }

  /** Back to before the hello. */
  #forget(): void {
    this.#follower?.leave();
    this.#follower = null;
    this.#client = null;
    this.#said.clear();
  }

  /** Tells the status and follows the session, from what the page holds of it on. */
  #show(lastSeq: Hello["lastSeq"]): void {
    const { record, held } = this.#line;
    if (record === null || this.#client === null) return;
    const available = this.#services.available(record.chatService);
    // Its page is here, so its agent is installed, whether or not that is written down yet (T1).
    const status = deviceStatus({ installed: true, available, inSession: held !== null });
    this.#say({ type: "device", name: record.name, status, available });
    this.#say({ type: "notifications", notifications: this.#line.notifications });
    if (held === null) return;
    this.#follower ??= new Follower(this.#services, this.#out, "device", this.#client);
    this.#follower.follow(held.session, lastSeq[held.session] ?? 0);
  }

  #say(message: ServerMessage): void {
    const json = JSON.stringify(message);
    if (json === this.#said.get(message.type)) return;
    this.#said.set(message.type, json);
    this.#out.send(message);
  }
}
