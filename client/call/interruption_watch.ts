/** Keeps a page's call in line with the state machine of {@link interruptionStep} (M4). */
import { signal } from "@preact/signals";
import {
  due,
  type InterruptionEvent,
  type InterruptionPhase,
  interruptionStep,
  type Sign,
  UNINTERRUPTED,
} from "./interruption.ts";
import { InterruptionSigns } from "./interruption_signs.ts";

/** What an interruption does to the call. */
export interface InterruptionPorts {
  /** Both directions are to be silent, or not any longer. */
  silence(silent: boolean): void;
  /** Only the microphone is gone for now, or back: on a computer that is a switch, not a call. */
  pauseMicrophone(paused: boolean): void;
  /** Gets sound back, in a tap. Never rejects. */
  reacquire(): Promise<void>;
  /** See `SignPorts`. */
  energy(): Promise<number | null>;
}

/** A call's interruptions, from {@link start} to {@link stop}. */
export class InterruptionWatch {
  readonly phase = signal<InterruptionPhase>("active");
  readonly #ports: InterruptionPorts;
  readonly #signs: InterruptionSigns;
  #state = UNINTERRUPTED;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: InterruptionPorts) {
    this.#ports = ports;
    this.#signs = new InterruptionSigns({
      sign: (sign, present) => this.#hear(sign, present),
      visible: (visible) => this.#happen({ kind: "visible", visible }),
      energy: () => ports.energy(),
    });
  }

  /** Begins to watch; in a tap where there is one. */
  start(): void {
    this.#signs.start();
  }

  /** The microphone in use. */
  watch(track: MediaStreamTrack | null): void {
    this.#signs.watch(track);
  }

  /** The system ended the microphone's track. Whether that was an interruption, not a plug. */
  ended(): boolean {
    const active = this.phase.value === "active";
    if (active && !(document.visibilityState === "hidden" && isPhone())) return false;
    // A dead track can never say that it is over: what else interrupts the call decides about that.
    this.#happen({ kind: "sign", sign: "track", present: active });
    return true;
  }

  /** Goes on, in a tap. Never rejects. */
  async resume(): Promise<void> {
    if (this.phase.value === "active" || this.phase.value === "resuming") return;
    this.#happen({ kind: "tapped" });
    this.#signs.start();
    await this.#ports.reacquire();
    this.#happen({ kind: "reacquired" });
  }

  /** The call is over. */
  stop(): void {
    this.#signs.stop();
    clearTimeout(this.#timer);
    this.#state = UNINTERRUPTED;
    this.phase.value = "active";
  }

  #hear(sign: Sign, present: boolean): void {
    if (sign === "track" && !isPhone()) return this.#ports.pauseMicrophone(present);
    if (sign === "silence" && !isPhone()) return;
    this.#happen({ kind: "sign", sign, present });
  }

  #happen(event: InterruptionEvent): void {
    const now = performance.now();
    this.#state = interruptionStep(this.#state, event, now);
    const { phase } = this.#state;
    const before = this.phase.value;
    this.phase.value = phase;
    if ((before === "active") !== (phase === "active")) this.#ports.silence(phase !== "active");
    clearTimeout(this.#timer);
    const at = due(this.#state);
    if (at === null) return;
    this.#timer = setTimeout(() => this.#happen({ kind: "clock" }), Math.max(0, at - now));
  }
}

/** A device that is held in the hand, and takes carrier calls; its microphone has no switch. */
function isPhone(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
