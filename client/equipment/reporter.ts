/** Sends what a check found: one report at a time, the newest last. */
import type { EquipmentReport } from "../../protocol/equipment.ts";
import type { Live } from "../live.ts";
import type { TicketAnswer } from "./network.ts";

/** The way of one page's checks to the server. */
export class EquipmentReporter {
  #latest: EquipmentReport | null = null;
  #sending = false;

  constructor(readonly live: Live) {}

  /** This is what was found so far. */
  report(report: EquipmentReport): void {
    this.#latest = report;
    if (!this.#sending) void this.#send();
  }

  /** A ticket to try the ways to the media node. Never rejects. */
  async ticket(): Promise<TicketAnswer> {
    const result = await this.live.connection.command({ type: "equipment.ticket" });
    if (result.kind === "disconnected") return "unreachable";
    return result.kind === "ack" && "ticket" in result.body ? result.body.ticket : "refused";
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#latest !== null) {
      const report = this.#latest;
      this.#latest = null;
      // What the server refuses now it is told with the next part, or not at all: no harm is done.
      await this.live.act({ type: "equipment.report", report }, () => this.#latest === null);
    }
    this.#sending = false;
  }
}
