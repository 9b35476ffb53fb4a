/** Tries the camera: its picture, until it is stopped, and the others there are. */
import { signal } from "@preact/signals";
import type { EquipmentReport } from "../../protocol/equipment.ts";
import { openDevice, type Refused } from "./open_device.ts";

/** Where the test of a camera stands. */
export type Looking =
  | { readonly kind: "idle" }
  | { readonly kind: "asking" }
  /** `seen`: a picture has come. */
  | { readonly kind: "showing"; readonly stream: MediaStream; readonly seen: boolean }
  | { readonly kind: "refused"; readonly why: Refused };

/** A camera to choose. */
export interface CameraItem {
  readonly id: string;
  readonly label: string;
}

/** What is reported of it. */
export function seenResult(state: Looking): EquipmentReport["camera"] {
  if (state.kind === "refused") return state.why;
  return state.kind === "showing" && state.seen ? "ok" : "untested";
}

/** A camera that is open but shows nothing for this long is not to be had, in milliseconds. */
const PATIENCE = 6_000;

/** One camera at a time, tried whenever the person says so. */
export class CameraTest {
  readonly state = signal<Looking>({ kind: "idle" });
  /** What was found last; trying again does not unsay it before there is something new. */
  readonly result = signal<EquipmentReport["camera"]>("untested");
  /** What there is to choose, once one was opened. */
  readonly cameras = signal<readonly CameraItem[]>([]);
  /** The one that shows. */
  readonly camera = signal("");
  #track: MediaStreamTrack | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #epoch = 0;

  /** Opens camera `id`, by default the front one. Call it in the tap. Never rejects. */
  async start(id?: string): Promise<void> {
    this.stop();
    const epoch = this.#epoch;
    this.#become({ kind: "asking" });
    const video = id === undefined ? { facingMode: "user" } : { deviceId: { exact: id } };
    const opened = await openDevice({ video });
    if (this.#epoch !== epoch) {
      if (opened.ok) opened.track.stop();
      return;
    }
    if (!opened.ok) return this.#become({ kind: "refused", why: opened.why });
    this.#show(opened.track);
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    this.cameras.value = devices.filter(({ kind }) => kind === "videoinput")
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  }

  /** The picture is on the screen. */
  saw(): void {
    clearTimeout(this.#timer);
    const state = this.state.peek();
    if (state.kind === "showing" && !state.seen) this.#become({ ...state, seen: true });
  }

  /** Lets the camera go. */
  stop(): void {
    this.#epoch++;
    clearTimeout(this.#timer);
    this.#track?.stop();
    this.#track = null;
    if (this.state.peek().kind !== "refused") this.#become({ kind: "idle" });
  }

  #show(track: MediaStreamTrack): void {
    this.#track = track;
    this.camera.value = track.getSettings().deviceId ?? "";
    track.addEventListener("ended", () => this.#fail("missing"));
    this.#timer = setTimeout(() => this.#fail("busy"), PATIENCE);
    this.#become({ kind: "showing", stream: new MediaStream([track]), seen: false });
  }

  #fail(why: Refused): void {
    this.stop();
    this.#become({ kind: "refused", why });
  }

  #become(state: Looking): void {
    const result = seenResult(state);
    this.state.value = state;
    if (result !== "untested") this.result.value = result;
  }
}
