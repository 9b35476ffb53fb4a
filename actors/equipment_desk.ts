/** What the pages of one device find out about its equipment, and how often they may. */
import type { EquipmentReport } from "../protocol/equipment.ts";
import { reject, type Rejection } from "../protocol/errors.ts";
import type { AckBody } from "../protocol/messages.ts";
import { Allowance } from "./allowance.ts";
import type { Clock, HubStore, MediaPort } from "./ports.ts";

/** The media node, as far as it is tried out. */
export type ProbePort = Pick<MediaPort, "nodeId" | "probeTicket">;

/** What a desk works with. */
export interface DeskPorts {
  readonly store: Pick<HubStore, "keepEquipment">;
  readonly media: ProbePort;
  readonly clock: Clock;
}

/** A check takes one ticket; somebody who tries again and again waits for the fifth. */
const TICKETS = { burst: 4, perSecond: 1 / 15 };
/** A check reports after every part of it. */
const REPORTS = { burst: 20, perSecond: 1 / 3 };

/** Serves the pages of the device `id`. */
export class EquipmentDesk {
  readonly #ports: DeskPorts;
  readonly #tickets: Allowance;
  readonly #reports: Allowance;

  constructor(readonly id: string, ports: DeskPorts) {
    this.#ports = ports;
    this.#tickets = new Allowance(TICKETS.burst, TICKETS.perSecond, ports.clock);
    this.#reports = new Allowance(REPORTS.burst, REPORTS.perSecond, ports.clock);
  }

  /** A ticket to try the ways to the media node. */
  async ticket(): Promise<AckBody | Rejection> {
    const { media } = this.#ports;
    if (!this.#tickets.take()) return reject("rate_limited");
    if (media.nodeId() === null) return reject("calls_unavailable");
    return { ticket: await media.probeTicket(this.id) };
  }

  /** Keeps what was found, in the place of what was found before. */
  async report(report: EquipmentReport): Promise<AckBody | Rejection> {
    if (!this.#reports.take()) return reject("rate_limited");
    const { store, clock } = this.#ports;
    await store.keepEquipment(this.id, { ...report, at: clock.now() });
    return {};
  }
}
