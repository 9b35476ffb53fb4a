/** All that a page gives to a call: microphone, camera or screen, and what interrupts them. */
import { computed, signal } from "@preact/signals";
import type { MediaTicket } from "../../protocol/messages.ts";
import type { Troubles } from "../../protocol/trouble.ts";
import { canCapture } from "../user_media.ts";
import { watchEquipment } from "./equipment.ts";
import { InterruptionWatch } from "./interruption_watch.ts";
import { LocalMedia } from "./local_media.ts";
import type { Kind, MediaLink } from "./media_link.ts";
import { partOf } from "./part.ts";
import { Publisher } from "./publisher.ts";
import { Screen } from "./screen.ts";
import type { CallProblem, DeviceChange, Part } from "./types.ts";

/** What the sources need of the call around them. */
export interface SourcePorts {
  /** Null: there is none now; all is sent again over the next one. */
  link(): MediaLink | null;
  /** As `CallPorts.rights`. */
  rights(wanted: () => boolean): Promise<MediaTicket>;
  /** What was captured is not sent, or not any longer. */
  refused(kind: Kind, why: CallProblem): void;
  /** How this page takes part may have changed: {@link Sources.part}. */
  changed(): void;
  /** Silences what is heard here too, or no longer: an interruption does that to both directions. */
  silence(silent: boolean): void;
  /** Plays again, in a tap. */
  unblock(): Promise<void>;
}

/** The sources of one page. Nothing is captured before it is asked for (M2). */
export class Sources {
  readonly replaced = signal<DeviceChange | null>(null);
  readonly #ports: SourcePorts;
  readonly local = new LocalMedia({
    changed: (kind) => this.#changed(kind),
    replaced: (change) => this.replaced.value = change,
    interrupted: () => this.interruptions.ended(),
    settled: () => this.#ports.changed(),
  });
  readonly screen = new Screen(() => this.#changed("video"));
  readonly interruptions = new InterruptionWatch({
    silence: (silent) => {
      this.#ports.silence(silent);
      this.local.interrupt(silent);
    },
    pauseMicrophone: (paused) => this.local.pause("microphone", paused),
    reacquire: () => this.#reacquire(),
    energy: () => this.#ports.link()?.energy() ?? Promise.resolve(null),
  });
  readonly view = computed(() => this.screen.view.value ?? this.local.view.value);
  readonly facing = computed(() => this.screen.view.value ? "unknown" : this.local.facing.value);
  /** Another camera could be shown instead of the one that is. */
  readonly switchable = computed(() =>
    this.local.camera.value === "on" && this.local.cameras.value > 1 &&
    this.screen.view.value === null
  );
  readonly #publisher: Publisher;
  #watching: AbortController | null = null;

  constructor(ports: SourcePorts) {
    this.#ports = ports;
    this.#publisher = new Publisher({
      track: (kind) => this.#track(kind),
      silent: (kind) => this.#isSilent(kind),
      link: () => ports.link(),
      rights: (wanted) => ports.rights(wanted),
      refused: (kind, why) => ports.refused(kind, why),
    });
  }

  /** Sends all there is over the link of the moment. Never rejects. */
  async send(): Promise<void> {
    await Promise.all([this.#publisher.send("audio"), this.#publisher.send("video")]);
  }

  /** How this page takes part now; null: a camera is just being opened. */
  part(): Part | null {
    const camera = this.local.camera.value;
    if (camera === "starting") return null;
    const screen = this.screen.track !== null;
    return partOf(camera, this.local.muted.value, screen, this.#troubles());
  }

  /** Follows devices and interruptions from now on; `changed` is told of the former. */
  watch(changed: () => void): void {
    if (!canCapture()) return;
    this.interruptions.start();
    if (this.#watching !== null) return;
    this.#watching = new AbortController();
    watchEquipment(() => {
      this.local.recover();
      changed();
    }, this.#watching.signal);
  }

  /** Ends what must not be sent. */
  stop(kind: Kind): void {
    if (kind === "audio") return this.local.setMuted(true);
    this.screen.stop();
    this.local.stopCamera();
  }

  /** Closes everything and forgets it. */
  release(): void {
    this.screen.stop();
    this.local.release();
    this.interruptions.stop();
    this.#watching?.abort();
    this.#watching = null;
    this.replaced.value = null;
  }

  #changed(kind: Kind): void {
    if (kind === "audio") this.interruptions.watch(this.local.track("audio"));
    this.#publisher.send(kind);
    this.#ports.changed();
  }

  /** What is sent: a shared screen takes the place of the camera. */
  #track(kind: Kind): MediaStreamTrack | null {
    const screen = kind === "video" ? this.screen.track : null;
    return screen ?? this.local.track(kind);
  }

  #isSilent(kind: Kind): boolean {
    const screen = kind === "video" ? this.screen.track : null;
    return screen === null ? this.local.silent(kind) : !screen.enabled;
  }

  /** An interruption is told instead of what else the microphone suffers from. */
  #troubles(): Troubles {
    const trouble = this.local.trouble.value;
    if (this.interruptions.phase.value === "active") return trouble;
    return { ...trouble, microphone: "phone_call" };
  }

  async #reacquire(): Promise<void> {
    await this.local.reacquire();
    await this.#ports.unblock();
  }
}
