/** What the pages of devices find out about their equipment, and how often each device may. */
import type { EquipmentReport } from "../protocol/equipment.ts";
import { reject, type Rejection } from "../protocol/errors.ts";
import type { MediaPort } from "../protocol/media_port.ts";
import type { AckBody } from "../protocol/messages.ts";
import { Allowances } from "./allowance.ts";
import type { Clock, HubStore } from "./ports.ts";

/** What a desk works with. */
export interface EquipmentDeskPorts {
  readonly store: Pick<HubStore, "keepEquipment">;
  /** The media node, as far as it is tried out. */
  readonly media: Pick<MediaPort, "nodeId" | "probeTicket">;
  readonly clock: Clock;
}

/** A check takes one ticket; somebody who tries again and again waits for the fifth. */
const TICKETS = { burst: 4, perSecond: 1 / 15 };
/** A check reports after every part of it. */
const REPORTS = { burst: 20, perSecond: 1 / 3 };

/** The desk of one process. */
export class EquipmentDesk {
  readonly #ports: EquipmentDeskPorts;
  readonly #tickets: Allowances;
  readonly #reports: Allowances;

  constructor(ports: EquipmentDeskPorts) {
    this.#ports = ports;
    this.#tickets = new Allowances(TICKETS, ports.clock);
    this.#reports = new Allowances(REPORTS, ports.clock);
  }

  /** A ticket for a page of `device` to try the ways to the media node. */
  async ticket(device: string): Promise<AckBody | Rejection> {
    const { media } = this.#ports;
    if (!this.#tickets.take(device)) return reject("rate_limited");
    if (media.nodeId() === null) return reject("calls_unavailable");
    return { ticket: await media.probeTicket(device) };
  }

  /** Keeps what was found on `device`, in the place of what was found before. */
  async report(device: string, report: EquipmentReport): Promise<AckBody | Rejection> {
    if (!this.#reports.take(device)) return reject("rate_limited");
    const { store, clock } = this.#ports;
    await store.keepEquipment(device, { ...report, at: clock.now() });
    return {};
  }
}
