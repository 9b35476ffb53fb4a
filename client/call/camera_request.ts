/** A technician asks for the device's other camera; its user decides (design, point "Switch camera"). */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { cameraPolicy, chooseCameraPolicy } from "../camera_policy.ts";
import type { PeerTalk } from "./peer_talk.ts";

/** The way to the other page. */
export interface CameraRequestPorts {
  readonly peer: PeerTalk;
  readonly peerPresent: ReadonlySignal<boolean>;
}

/** The technician's part. */
export class CameraAsking {
  readonly side = "technician";
  /** The device shows a camera and has another one. */
  readonly possible = signal(false);
  /** What became of the last request; "asked": there is no answer yet. */
  readonly state = signal<"idle" | "asked" | "switched" | "refused" | "failed">("idle");
  readonly #peer: PeerTalk;

  constructor({ peer, peerPresent }: CameraRequestPorts) {
    this.#peer = peer;
    peer.on("abilities", ({ switchCamera }) => this.possible.value = switchCamera);
    peer.on("switch_camera_answer", ({ answer }) => {
      if (this.state.peek() === "asked") this.state.value = answer;
    });
    effect(() => {
      if (!peerPresent.value) this.end();
    });
  }

  /** Asks the user. Never rejects. */
  async ask(): Promise<void> {
    if (!this.possible.peek() || this.state.peek() === "asked") return;
    this.state.value = "asked";
    if (!await this.#peer.tell({ type: "switch_camera" })) this.state.value = "failed";
  }

  /** The answer was read. */
  dismiss(): void {
    if (this.state.peek() !== "asked") this.state.value = "idle";
  }

  /** The device's page is gone, or the call is over: nobody answers any more. */
  end(): void {
    this.possible.value = false;
    this.state.value = "idle";
  }
}

/** What the device's part needs besides. */
export interface CameraConsentPorts extends CameraRequestPorts {
  /** There is a camera in the picture, and another one. */
  readonly able: ReadonlySignal<boolean>;
  switchCamera(): Promise<boolean>;
}

/** The device user's part. */
export class CameraConsent {
  readonly side = "device";
  /** The user has to answer. */
  readonly asked = signal(false);
  /** The camera was switched for a technician who did not have to ask. */
  readonly done = signal(false);
  readonly #ports: CameraConsentPorts;

  constructor(ports: CameraConsentPorts) {
    this.#ports = ports;
    const { peer, able } = ports;
    peer.on("switch_camera", () => this.#hear());
    const tell = () => void peer.tell({ type: "abilities", switchCamera: able.peek() });
    peer.onMeeting(tell);
    effect(() => {
      if (!able.value && this.asked.peek()) this.#answer("failed");
      tell();
    });
    effect(() => {
      if (!ports.peerPresent.value) this.end();
    });
  }

  /** Does it. `always`: and from now on without asking. Never rejects. */
  async allow(always: boolean): Promise<void> {
    if (!this.asked.peek()) return;
    if (always) chooseCameraPolicy("allow");
    this.asked.value = false;
    await this.#switch();
  }

  /** Not now. */
  refuse(): void {
    if (this.asked.peek()) this.#answer("refused");
  }

  /** Forgets what was asked and done. */
  end(): void {
    this.asked.value = this.done.value = false;
  }

  #hear(): void {
    if (!this.#ports.able.peek()) return this.#answer("failed");
    if (cameraPolicy.peek() === "ask") {
      this.asked.value = true;
      return;
    }
    this.#switch().then((switched) => this.done.value = switched);
  }

  async #switch(): Promise<boolean> {
    const switched = await this.#ports.switchCamera();
    this.#answer(switched ? "switched" : "failed");
    return switched;
  }

  #answer(answer: "switched" | "refused" | "failed"): void {
    this.asked.value = false;
    void this.#ports.peer.tell({ type: "switch_camera_answer", answer });
  }
}
