/**
 * A page's part in a call. Loaded only when a call starts: mediasoup-client comes with it. Types and
 * their meaning are in types.ts.
 */
import { computed, signal } from "@preact/signals";
import { errorSentence } from "../../protocol/errors.ts";
import { type Medium, mediumAnew } from "../../protocol/session.ts";
import { canCapture } from "./capture.ts";
import { Captions } from "./captions.ts";
import { Connector } from "./connector.ts";
import { LocalMedia } from "./local_media.ts";
import type { Kind, MediaLink } from "./media_link.ts";
import { MediaRefused } from "./media_socket.ts";
import { PeerExchange } from "./peer_talk.ts";
import { partOf, samePart } from "./part.ts";
import { Player } from "./player.ts";
import { refusal } from "./problems.ts";
import { Screen } from "./screen.ts";
import { Audience } from "./show/audience.ts";
import { Presenter } from "./show/presenter.ts";
import type { CallClient, CallPhase, CallPorts, CallProblem, Part } from "./types.ts";

/** Makes the call client of a page. Nothing is captured or connected before it is asked for. */
export function createCall(ports: CallPorts): CallClient {
  return new Call(ports);
}

class Call implements CallClient {
  readonly phase = signal<CallPhase>("idle");
  readonly remoteVideo = signal<MediaStream | null>(null);
  readonly peerPresent = signal(false);
  readonly problem = signal<CallProblem | null>(null);
  readonly peer = new PeerExchange((message) =>
    this.#link?.tell(message) ?? Promise.resolve(false)
  );
  readonly #ports: CallPorts;
  readonly #player = new Player();
  readonly #local = new LocalMedia({
    changed: (kind) => this.#localChanged(kind),
    problem: (problem) => this.#captureProblem(problem),
    settled: () => this.#report(),
  });
  readonly #screen = new Screen(() => this.#localChanged("video"));
  readonly screen = this.#screen.state;
  readonly localVideo = computed(() => this.#screen.view.value ?? this.#local.view.value);
  readonly muted = this.#local.muted;
  readonly camera = this.#local.camera;
  readonly facing = computed(() => this.#screen.view.value ? "unknown" : this.#local.facing.value);
  readonly cameras = this.#local.cameras;
  readonly remoteAudio = this.#player.stream;
  readonly captions = new Captions(this.remoteAudio);
  readonly playBlocked = this.#player.blocked;
  readonly outputs = this.#player.outputs;
  readonly output = this.#player.output;
  readonly show: Presenter | Audience;
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
  }

  async prepare(medium: Medium): Promise<void> {
    this.#listen();
    this.#player.prime();
    this.problem.value = null;
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

  setMuted(muted: boolean): void {
    this.#local.setMuted(muted);
  }

  async shareScreen(on: boolean): Promise<void> {
    if (this.problem.value?.kind === "refused") this.problem.value = null;
    await (on ? this.#screen.start() : this.#screen.stop());
  }

  async setCamera(on: boolean): Promise<void> {
    const { value: problem } = this.problem;
    if (problem?.kind === "camera" || problem?.kind === "refused") this.problem.value = null;
    await (on ? this.#local.startCamera() : this.#local.stopCamera());
  }

  switchCamera(): Promise<void> {
    return this.#local.switchCamera();
  }

  setOutput(id: string): Promise<void> {
    return this.#player.setOutput(id);
  }

  unblock(): Promise<void> {
    return this.#player.unblock();
  }

  leave(): void {
    this.#disconnect();
    this.#screen.stop();
    this.#local.release();
    this.show.end();
    this.captions.turnOff();
    this.#listening?.abort();
    this.#listening = null;
    this.problem.value = null;
    this.phase.value = "idle";
  }

  /** The microphone opens while the node is joined: neither waits for the other. */
  async #join(part: Part): Promise<void> {
    this.#listen();
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
      ticket: () => this.#ports.ticket(),
      linked: (link) => {
        void this.#linked(link);
        resolve();
      },
      remote: (kind, track) => this.#play(kind, track),
      stopped: (kind, why) => this.#stopped(kind, why),
      told: (message) => this.peer.hear(message),
      peer: (present) => {
        this.peerPresent.value = present;
        if (present) this.peer.meet();
      },
      healthy: (healthy) => this.phase.value = healthy ? "connected" : this.#unconnected(),
      down: () => this.#down(),
      trouble: (problem) => this.problem.value = problem,
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
    if (this.problem.value?.kind === "connection") this.problem.value = null;
    this.#send("audio");
    this.#send("video");
    await this.#captured;
    await Promise.all([this.#send("audio"), this.#send("video")]);
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
    this.problem.value = problem;
    if (problem !== null) this.phase.value = "failed";
  }

  #play(kind: Kind, track: MediaStreamTrack | null): void {
    if (kind === "audio") this.#player.play(track);
    else this.remoteVideo.value = track === null ? null : new MediaStream([track]);
  }

  /** What was captured may not be sent, or not any longer. */
  #stopped(kind: Kind, { code, message }: MediaRefused): void {
    if (kind === "audio") this.#local.setMuted(true);
    else {
      this.#screen.stop();
      this.#local.stopCamera();
    }
    this.problem.value = refusal(code, message);
  }

  /** A device that works again mends its own problem only. */
  #captureProblem(problem: CallProblem | null): void {
    const ofDevices = ["insecure", "microphone", "camera", "devices"];
    const current = this.problem.value?.kind;
    if (problem !== null) this.problem.value = problem;
    else if (current !== undefined && ofDevices.includes(current)) this.problem.value = null;
  }

  #localChanged(kind: Kind): void {
    this.#send(kind);
    this.#report();
  }

  /** Sends what there is now. */
  async #send(kind: Kind): Promise<void> {
    const link = this.#link;
    if (link === null) return;
    try {
      if (!link.allows(kind)) {
        if (this.#isSilent(kind)) return;
        await this.#renew(link);
      }
      await link.set(kind, this.#track(kind), this.#isSilent(kind));
    } catch (error) {
      // Anything else: the link broke, another one follows, and all is sent again over that.
      if (error instanceof MediaRefused && link === this.#link) this.#stopped(kind, error);
    }
  }

  /** What is sent: a shared screen takes the place of the camera. */
  #track(kind: Kind): MediaStreamTrack | null {
    const screen = kind === "video" ? this.#screen.track : null;
    return screen ?? this.#local.track(kind);
  }

  #isSilent(kind: Kind): boolean {
    return this.#track(kind)?.enabled !== true;
  }

  /** What was not allowed may be by now: a fresh ticket says so. */
  async #renew(link: MediaLink): Promise<void> {
    const ticket = await this.#ports.ticket().catch(() => {
      throw new MediaRefused("internal", errorSentence("internal"));
    });
    await link.renew(ticket);
  }

  /** Tells the server what it does not know yet. */
  #report(): void {
    const camera = this.#local.camera.value;
    if (this.#reported === null || camera === "starting") return;
    const part = partOf(camera, this.muted.value, this.#screen.track !== null);
    if (samePart(part, this.#reported)) return;
    this.#reported = part;
    this.#ports.report(part);
  }

  /** Devices come and go, and so do networks, while there is a call or one is prepared. */
  #listen(): void {
    if (this.#listening !== null) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    addEventListener("online", () => this.#connector?.probe(), { signal });
    if (!canCapture()) return;
    navigator.mediaDevices.addEventListener("devicechange", () => {
      this.#local.refreshCameras();
      this.#player.refreshOutputs();
    }, { signal });
  }
}
