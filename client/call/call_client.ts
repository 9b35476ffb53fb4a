/**
 * A page's part in a call. Loaded only when a call starts: mediasoup-client comes with it. Types and
 * their meaning are in types.ts.
 */
import { computed, signal } from "@preact/signals";
import { type Medium, mediumAnew } from "../../protocol/session.ts";
import { CallNetwork } from "./call_network.ts";
import { CameraAsking, CameraConsent } from "./camera_request.ts";
import { onWake } from "../wake.ts";
import { Captions } from "./captions.ts";
import { Connector } from "./connector.ts";
import { keepAlive } from "./keep_alive.ts";
import type { Kind, MediaLink } from "./media_link.ts";
import { onNetworkChange } from "../network_changes.ts";
import { PeerExchange } from "./peer_talk.ts";
import { samePart } from "./part.ts";
import { Player } from "./player.ts";
import { afterAnotherTry, deviceProblem, refusal } from "./problems.ts";
import { Audience } from "./show/audience.ts";
import { Presenter } from "./show/presenter.ts";
import { Sources } from "./sources.ts";
import { VideoSwitch } from "./video_switch.ts";
import type { CallClient, CallPhase, CallPorts, CallProblem, Part } from "./types.ts";

/** Makes the call client of a page. Nothing is captured or connected before it is asked for. */
export function createCall(ports: CallPorts): CallClient {
  return new Call(ports);
}

class Call implements CallClient {
  readonly phase = signal<CallPhase>("idle");
  readonly remoteVideo = signal<MediaStream | null>(null);
  readonly peerPresent = signal(false);
  readonly peer = new PeerExchange((message) =>
    this.#link?.tell(message) ?? Promise.resolve(false)
  );
  readonly #network = new CallNetwork(this);
  readonly quality = this.#network.quality;
  readonly showIn = this.#network.showIn;
  readonly #ports: CallPorts;
  readonly #player: Player = new Player({
    useMicrophone: (id) => this.#local.useMicrophone(id),
    microphone: () => this.#local.track("audio"),
  });
  readonly #sources = new Sources({
    link: () => this.#link,
    rights: (wanted) => this.#ports.rights(wanted),
    refused: (kind, why) => this.#stopped(kind, why),
    changed: () => {
      this.#report();
      void this.#player.refreshOutputs();
    },
    silence: (silent) => this.#player.silence(silent),
    unblock: () => this.#player.unblock(),
  });
  readonly #local = this.#sources.local;
  readonly replaced = this.#sources.replaced;
  readonly screen = this.#sources.screen.state;
  readonly localVideo = this.#sources.view;
  /** What is wrong but for microphone and camera. */
  readonly #problem = signal<CallProblem | null>(null);
  readonly #video = new VideoSwitch(this, this.#problem, () => {
    this.#sources.stop("video");
    this.show.end();
  });
  readonly letVideo = (on: boolean) => this.#video.set(on);
  readonly trouble = this.#local.trouble;
  readonly problem = computed(() => this.#problem.value ?? deviceProblem(this.trouble.value));
  readonly interruption = this.#sources.interruptions.phase;
  readonly muted = this.#local.muted;
  readonly camera = this.#local.camera;
  readonly facing = this.#sources.facing;
  readonly cameras = this.#local.cameras;
  readonly remoteAudio = this.#player.stream;
  readonly captions = new Captions(this.remoteAudio);
  readonly playBlocked = this.#player.blocked;
  readonly outputs = this.#player.outputs;
  readonly output = this.#player.output;
  readonly outputLost = this.#player.lost;
  readonly show: Presenter | Audience;
  readonly cameraRequest: CameraAsking | CameraConsent;
  #callId: number | null = null;
  #captured: Promise<void> = Promise.resolve();
  #joining: Promise<void> = Promise.resolve();
  #connector: Connector | null = null;
  #link: MediaLink | null = null;
  #reported: Part | null = null;
  #listening: AbortController | null = null;

  constructor(ports: CallPorts) {
    this.#ports = ports;
    this.show = ports.side === "technician" ? new Presenter(this) : new Audience(this);
    this.cameraRequest = ports.side === "technician" ? new CameraAsking(this) : new CameraConsent({
      peer: this.peer,
      peerPresent: this.peerPresent,
      able: this.#sources.switchable,
      switchCamera: () => this.switchCamera(),
    });
    keepAlive(this, ports);
  }

  async prepare(medium: Medium): Promise<void> {
    this.#listen();
    this.#player.prime();
    this.#problem.value = null;
    await this.#local.prepare(medium);
    // Names of outputs are only told to a page that may capture.
    await this.#player.refreshOutputs();
  }

  join(callId: number, part: Part): Promise<void> {
    if (this.#callId === callId) return this.#joining;
    this.#disconnect();
    this.#callId = callId;
    this.#joining = this.#join(part);
    return this.#joining;
  }

  follow(moves: number): void {
    this.#connector?.follow(moves);
  }

  setMuted(muted: boolean): void {
    this.#local.setMuted(muted);
  }

  async shareScreen(on: boolean): Promise<void> {
    this.#problem.value = afterAnotherTry(this.#problem.peek());
    await (on ? this.#sources.screen.start() : this.#sources.screen.stop());
  }

  async setCamera(on: boolean): Promise<void> {
    this.#problem.value = afterAnotherTry(this.#problem.peek());
    await (on ? this.#local.startCamera() : this.#local.stopCamera());
  }

  switchCamera(): Promise<boolean> {
    return this.#local.switchCamera();
  }

  useMicrophone(id: string): Promise<boolean> {
    return this.#local.useMicrophone(id);
  }

  retry(): Promise<void> {
    return this.#local.retry();
  }

  resume(): Promise<void> {
    return this.#sources.interruptions.resume();
  }

  setOutput(id: string): Promise<void> {
    return this.#player.setOutput(id);
  }

  unblock(): Promise<void> {
    return this.#player.unblock();
  }

  leave(): void {
    this.#disconnect();
    this.#network.forget();
    this.#sources.release();
    this.#player.rest();
    this.show.end();
    this.cameraRequest.end();
    this.captions.turnOff();
    this.#listening?.abort();
    this.#listening = null;
    this.#video.reset();
    this.#problem.value = null;
    this.phase.value = "idle";
  }

  /** The microphone opens while the node is joined: neither waits for the other. */
  async #join(part: Part): Promise<void> {
    this.#listen();
    this.#player.begin();
    this.phase.value = "connecting";
    // Whoever muted while it rang stays muted, whatever the server believes.
    if (part.muted) this.#local.setMuted(true);
    const medium = mediumAnew(part);
    if (medium === "voice") this.#local.stopCamera();
    this.#captured = this.#local.prepare(medium);
    const linked = this.#connect();
    const connector = this.#connector;
    await this.#captured;
    if (this.#connector === connector) {
      this.#reported = part;
      this.#report();
    }
    await this.#player.refreshOutputs();
    await linked;
  }

  /** Settles at the first link, or when there will be none. */
  #connect(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const connector = new Connector({
      ticket: (lost, blocked) => this.#ports.ticket(lost, blocked),
      reachable: () => this.#ports.reachable(),
      linked: (link) => {
        void this.#linked(link);
        resolve();
      },
      remote: (kind, track) => this.#play(kind, track),
      stopped: (kind, { code }) => this.#stopped(kind, refusal(code)),
      told: (message) => this.peer.hear(message),
      peer: (present) => {
        this.peerPresent.value = present;
        if (present) this.peer.meet();
      },
      healthy: (healthy) => this.phase.value = healthy ? "connected" : this.#unconnected(),
      sampled: (sample) => this.quality.add(sample),
      down: () => this.#down(),
      trouble: (problem) => this.#problem.value = problem,
      over: (problem) => this.#over(problem),
    });
    this.#connector = connector;
    connector.start().finally(resolve);
    return promise;
  }

  #disconnect(): void {
    this.#connector?.stop();
    this.#connector = null;
    this.#callId = null;
    this.#reported = null;
    this.#forgetLink();
  }

  async #linked(link: MediaLink): Promise<void> {
    this.#link = link;
    this.#network.linked(link);
    if (this.#problem.value?.kind === "connection") this.#problem.value = null;
    this.#sources.send();
    await this.#captured;
    await this.#sources.send();
    // With something to send, the state of its path decides.
    if (this.#link === link && !link.sends) this.phase.value = "connected";
  }

  #down(): void {
    this.#forgetLink();
    this.phase.value = this.#unconnected();
  }

  #forgetLink(): void {
    this.#link = null;
    this.#play("audio", null);
    this.#play("video", null);
    this.peerPresent.value = false;
  }

  #unconnected(): CallPhase {
    return this.phase.value === "connecting" ? "connecting" : "reconnecting";
  }

  /** The call has ended, or this page has no place in it: let go of everything. */
  #over(problem: CallProblem | null): void {
    this.leave();
    this.#problem.value = problem;
    if (problem !== null) this.phase.value = "failed";
  }

  #play(kind: Kind, track: MediaStreamTrack | null): void {
    if (kind === "audio") this.#player.play(track);
    else this.remoteVideo.value = track === null ? null : new MediaStream([track]);
  }

  /** What was captured is not sent, or not any longer. */
  #stopped(kind: Kind, why: CallProblem): void {
    this.#sources.stop(kind);
    this.#problem.value = why;
  }

  /** Tells the server what it does not know yet. */
  #report(): void {
    const part = this.#sources.part();
    if (this.#reported === null || part === null || samePart(part, this.#reported)) return;
    this.#reported = part;
    this.#ports.report(part);
  }

  /** Devices come and go, and so do networks, while there is a call or one is prepared. */
  #listen(): void {
    this.#sources.watch(() => this.#player.refreshOutputs());
    if (this.#listening !== null) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const stops = [
      onNetworkChange(() => this.#connector?.networkChanged()),
      this.#ports.onReached(() => this.#connector?.reached()),
      onWake(() => this.#player.wake()),
    ];
    for (const stop of stops) signal.addEventListener("abort", stop);
  }
}
