/**
 * One check of the equipment, from opening its dialog to closing it: five parts, each begun by the
 * person (M2), and what they found, reported as it is found.
 */
import { computed, effect, signal } from "@preact/signals";
import type { EquipmentReport } from "../../protocol/equipment.ts";
import { NOTHING_CHECKED } from "../../protocol/equipment.ts";
import { CameraTest } from "./camera.ts";
import { MicrophoneTest } from "./microphone.ts";
import { type Legs, type TicketAnswer, tryNetwork } from "./network.ts";
import { NotificationTest } from "./popups.ts";
import { soundResult, SpeakerTest } from "./speaker.ts";

/** What a check needs of the page. */
export interface CheckPorts {
  /** Asks the web process for a ticket to the media node. Never rejects. */
  ticket(): Promise<TicketAnswer>;
  /** Hears what was found so far, whenever there is more of it. */
  report(report: EquipmentReport): void;
}

/** The network's part. */
export interface Trying {
  readonly state: "idle" | "running" | "done";
  readonly legs: Legs;
}

/** A check; {@link EquipmentCheck.dispose} ends it. */
export class EquipmentCheck {
  readonly microphone = new MicrophoneTest();
  readonly camera = new CameraTest();
  readonly speaker = new SpeakerTest();
  readonly notifications = new NotificationTest();
  readonly network = signal<Trying>({ state: "idle", legs: NOTHING_CHECKED.network });
  /** What was found so far. */
  readonly found = computed<EquipmentReport>(() => ({
    microphone: this.microphone.result.value,
    camera: this.camera.result.value,
    speaker: soundResult(this.speaker.state.value),
    notifications: this.notifications.permission.value,
    network: this.network.value.legs,
  }));
  readonly #ports: CheckPorts;
  readonly #stop: () => void;
  #disposed = false;

  constructor(ports: CheckPorts) {
    this.#ports = ports;
    // What is known without trying anything is not worth a report.
    let told = JSON.stringify(this.found.peek());
    this.#stop = effect(() => {
      const found = this.found.value;
      const json = JSON.stringify(found);
      if (json === told || this.network.value.state === "running") return;
      told = json;
      ports.report(found);
    });
  }

  /** Tries the ways to the server. Never rejects. */
  async tryNetwork(): Promise<void> {
    if (this.network.peek().state === "running") return;
    this.network.value = { state: "running", legs: NOTHING_CHECKED.network };
    await tryNetwork({
      ticket: () => this.#ports.ticket(),
      found: (leg, result) => {
        const { legs } = this.network.peek();
        if (!this.#disposed) {
          this.network.value = { state: "running", legs: { ...legs, [leg]: result } };
        }
      },
    });
    if (!this.#disposed) this.network.value = { ...this.network.peek(), state: "done" };
  }

  /** Lets go of microphone, camera and everything else. Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#stop();
    this.microphone.stop();
    this.camera.stop();
    this.speaker.stop();
    void this.notifications.clear();
  }
}
