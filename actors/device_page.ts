/** A device's page: sees its own status and its one session, nothing else (A2). */
import { reject, type Rejection } from "../protocol/errors.ts";
import {
  type AckBody,
  type Hello,
  PROTOCOL_VERSION,
  type ServerMessage,
} from "../protocol/messages.ts";
import { deviceStatus } from "../protocol/service.ts";
import type { DeviceLine, LinePage } from "./device_line.ts";
import { Follower } from "./follower.ts";
import type { PageCommand, PageRole } from "./page_socket.ts";
import { type PagePorts, SILENCE_MS } from "./page_ports.ts";

/** Makes the role of a page of the device behind `line`. */
export class DevicePage implements PageRole, LinePage {
  readonly #line: DeviceLine;
  readonly #ports: PagePorts;
  #follower: Follower | null = null;
  #lastSeq: Hello["lastSeq"] = {};
  #unfollowMedia: () => void = () => {};
  /** The last status sent, so that the same is not said twice. */
  #said = "";

  constructor(line: DeviceLine, ports: PagePorts) {
    this.#line = line;
    this.#ports = ports;
  }

  async hello(hello: Hello): Promise<void> {
    this.#follower?.leave();
    await this.#line.settled();
    if (this.#line.record === null) return this.#ports.close("removed");
    const { held } = this.#line;
    this.#ports.send({
      type: "welcome",
      version: PROTOCOL_VERSION,
      now: this.#ports.clock.now(),
      sessions: held === null ? [] : [held.session],
      silence: SILENCE_MS,
    });
    this.#lastSeq = hello.lastSeq;
    this.#follower = new Follower(this.#ports, "device", hello.client);
    this.#said = "";
    this.#unfollowMedia();
    this.#unfollowMedia = this.#ports.followMedia();
    this.lineChanged();
    this.#line.join(this);
    // Whatever happened between reading and joining.
    this.#line.refresh();
    await this.#line.settled();
  }

  async command(command: PageCommand): Promise<AckBody | Rejection> {
    if (command.type === "session.start") return reject("forbidden");
    return await this.#follower?.request(command) ?? reject("not_ready");
  }

  closed(): void {
    this.#line.leave(this);
    this.#unfollowMedia();
    this.#follower?.leave();
  }

  lineChanged(): void {
    const { record, held } = this.#line;
    if (record === null || this.#follower === null) return;
    const available = this.#ports.available(record.chatService);
    // Its page is here, so its agent is installed, whether or not that is written down yet (T1).
    const status = deviceStatus({ installed: true, available, inSession: held !== null });
    this.#say({ type: "device", name: record.name, status, available });
    if (held === null) return;
    this.#follower.follow(held.session, this.#lastSeq[held.session] ?? 0).catch((error) => {
      console.error("a session could not be followed; the page is told to come back:", error);
      this.#ports.close("unavailable");
    });
  }

  removed(): void {
    this.#ports.close("removed");
  }

  #say(message: ServerMessage): void {
    const json = JSON.stringify(message);
    if (json === this.#said) return;
    this.#said = json;
    this.#ports.send(message);
  }
}
