/**
 * What the interface knows of a call. Only types: this file may be imported anywhere; the call
 * itself (and mediasoup-client with it) is loaded by `import("../client/call/call_client.ts")` when
 * a call starts.
 */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Phrase } from "../../locales/phrase.ts";
import type { CameraAsking, CameraConsent } from "./camera_request.ts";
import type { AudioOutput } from "./audio_output.ts";
import type { CaptionText } from "./caption_text.ts";
import type { ErrorCode } from "../../protocol/errors.ts";
import type { MediaTicket } from "../../protocol/messages.ts";
import type { Side } from "../../protocol/receipts.ts";
import type { Medium, Participation } from "../../protocol/session.ts";
import type { CameraTrouble, Troubles } from "../../protocol/trouble.ts";
import type { InterruptionPhase } from "./interruption.ts";
import type { PeerTalk } from "./peer_talk.ts";
import type { Bars, Sample, Verdict } from "./quality_rating.ts";
import type { Audience } from "./show/audience.ts";
import type { Presenter } from "./show/presenter.ts";

/** How this side takes part, as the server knows it. */
export type Part = Required<Omit<Participation, "client">>;

/** What a call needs of the page around it. */
export interface CallPorts {
  /** The side this page is. */
  readonly side: Side;
  /**
   * Fetches a fresh ticket to the call's media node. `lost`: the node there is no way to, if there is
   * one, which the call may have to leave; `blocked`: this page had none with a new ticket either.
   * May reject with anything that has an `ErrorCode` as its `code` when the server says no; any other
   * rejection means "no way to the server now".
   */
  ticket(lost: string | null, blocked: boolean): Promise<MediaTicket>;
  /**
   * Fetches a fresh ticket to the node this page is on: what it may send may have changed. While it is
   * `wanted` it is asked for again after a lost connection, for some seconds. Rejects as `ticket`.
   */
  rights(wanted: () => boolean): Promise<MediaTicket>;
  /** Tells the server how this side now takes part. */
  report(part: Part): void;
  /** Whether there is a connection to the server, as far as is known. */
  reachable(): boolean;
  /** Calls `reached` whenever there is a new connection to the server. The returned function stops it. */
  onReached(reached: () => void): () => void;
  /** Who the call is with, for the browser's own controls. */
  name(): string;
  /** Ends the call for both. */
  hangUp(): void;
}

/**
 * Where a call stands. "connected": media can flow both ways. "reconnecting": it could, and the
 * client is bringing it back by itself. "failed": it gave up; `problem` says why, and only a new
 * `join` tries again.
 */
export type CallPhase = "idle" | "connecting" | "connected" | "reconnecting" | "failed";

/** What can be captured. */
export type DeviceKind = "microphone" | "camera";

/** The call goes on with another device than before: one was unplugged, or is back. */
export interface DeviceChange {
  readonly what: DeviceKind;
  /** The device in use now, by its name. */
  readonly label: string;
}

/** What is wrong, and for the person what happened and what to do. */
export type CallProblem =
  /** The page is not on HTTPS (or localhost): browsers give it no microphone or camera. */
  | { readonly kind: "insecure"; readonly text: Phrase }
  /** The call goes on without the own voice. */
  | { readonly kind: "microphone"; readonly cause: CameraTrouble; readonly text: Phrase }
  /** The call goes on without the own picture. */
  | { readonly kind: "camera"; readonly cause: CameraTrouble; readonly text: Phrase }
  /** Neither: the person can only watch and listen. */
  | { readonly kind: "devices"; readonly cause: CameraTrouble; readonly text: Phrase }
  /** This browser has no WebRTC that the media node speaks. */
  | { readonly kind: "unsupported"; readonly text: Phrase }
  /** The way to the media node is broken; the client keeps trying until the call ends. */
  | { readonly kind: "connection"; readonly text: Phrase }
  /** What was to be sent is not: the server did not say in time that it may be. */
  | { readonly kind: "slow"; readonly text: Phrase }
  /** The server or the node said no, e.g. because video was switched off. */
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly text: Phrase };

/** Where captions stand. */
export type CaptionState =
  | { readonly kind: "off" }
  /** The language is being brought onto the device. */
  | { readonly kind: "preparing"; readonly language: string }
  | { readonly kind: "on"; readonly language: string; readonly text: CaptionText }
  /** The browser could not do it after all. */
  | { readonly kind: "failed" };

/** Captions of what the other side says, made on this device; nothing of them leaves it. */
export interface CallCaptions {
  readonly state: ReadonlySignal<CaptionState>;
  /** Languages (BCP 47) that can be captioned here, once looked for; none: hide the control. */
  readonly languages: ReadonlySignal<readonly string[]>;
  /** Looks which of these languages can be captioned here. Never rejects. */
  look(tags: readonly string[]): Promise<void>;
  /** Captions what is said in `language`; call it in a tap, it may download something. Never rejects. */
  turnOn(language: string): Promise<void>;
  /** Stops, and forgets what was said. */
  turnOff(): void;
}

/** Why a picture that is to be seen is not: whose network does not carry it. Null: nothing is wrong. */
export type PictureRest = "weak_here" | "weak_there" | null;

/** How good the connections of a call are. Nothing of it is kept. */
export interface CallQuality {
  /** This page's own way to the media node; null: not measured yet. */
  readonly own: ReadonlySignal<Bars | null>;
  /** The other side's, as it says; null: it has said nothing. */
  readonly other: ReadonlySignal<Bars | null>;
  readonly verdict: ReadonlySignal<Verdict>;
  /** The own way over the last two minutes, the newest last. */
  readonly samples: ReadonlySignal<readonly Sample[]>;
  /** "Video paused, weak connection": the own picture, which the other side does not see now. */
  readonly ownPicture: ReadonlySignal<PictureRest>;
  /** The other side's picture, which is not seen here now. */
  readonly otherPicture: ReadonlySignal<PictureRest>;
}

/** One page's part in calls: one after another, never two at once. */
export interface CallClient {
  readonly phase: ReadonlySignal<CallPhase>;
  /** What is sent: the own screen while it is shared, else the camera; null: neither. */
  readonly localVideo: ReadonlySignal<MediaStream | null>;
  /** The other side's camera or screen, null while it is off. */
  readonly remoteVideo: ReadonlySignal<MediaStream | null>;
  /** The client plays it by itself, through an `<audio>` of its own; here for level meters. */
  readonly remoteAudio: ReadonlySignal<MediaStream | null>;
  /** The other side's page is on the media node too; while it is not, it is late or reconnecting. */
  readonly peerPresent: ReadonlySignal<boolean>;
  /** The own voice is not sent; always so while there is no microphone. */
  readonly muted: ReadonlySignal<boolean>;
  readonly camera: ReadonlySignal<"on" | "off" | "starting">;
  /** "none": this browser cannot share a screen, as on phones; hide the control. */
  readonly screen: ReadonlySignal<"none" | "off" | "starting" | "on">;
  /** Showing things on the device's picture. */
  readonly show: Presenter | Audience;
  /** A technician's request for the device's other camera, and its user's answer. */
  readonly cameraRequest: CameraAsking | CameraConsent;
  /** Which way the camera looks; mirror the own view only for "user". A screen looks nowhere. */
  readonly facing: ReadonlySignal<"user" | "environment" | "unknown">;
  /** How many cameras there are; hide Switch camera below 2. */
  readonly cameras: ReadonlySignal<number>;
  /** Empty: nothing to choose, hide the control. */
  readonly outputs: ReadonlySignal<readonly AudioOutput[]>;
  /** The `id` of the output in use. */
  readonly output: ReadonlySignal<string>;
  /** The output in use that was unplugged; set it to null once it was said. */
  readonly outputLost: Signal<AudioOutput | null>;
  /** The browser refused to play sound: offer "Tap to hear", which calls `unblock`. */
  readonly playBlocked: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<CallProblem | null>;
  /** What the own microphone and camera suffer from; `problem` says it to the person. */
  readonly trouble: ReadonlySignal<Troubles>;
  /** The device that was last taken instead of another one, by itself. */
  readonly replaced: ReadonlySignal<DeviceChange | null>;
  /** Anything but "active": an interruption of the device mutes the call both ways (M4). */
  readonly interruption: ReadonlySignal<InterruptionPhase>;
  /** The way to the other page; it hears again what matters when `peerPresent` turns true. */
  readonly peer: PeerTalk;
  readonly captions: CallCaptions;
  readonly quality: CallQuality;

  /**
   * Captures what was chosen and primes audio. Call it in the tap that starts or accepts (M2: never
   * before). Never rejects: what cannot be had is told by `problem`.
   */
  prepare(medium: Medium): Promise<void>;
  /**
   * Takes part in call `callId` as the server has it. Idempotent; rejoins by itself with a fresh
   * ticket when the socket, the network or the node fails. Captures where `prepare` was not called.
   * Never rejects.
   */
  join(callId: number, part: Part): Promise<void>;
  /**
   * The call has moved to another media node so often, as the server has it: joins it where it is
   * now; what goes over the node before goes on until then. Microphone, camera and screen stay as
   * they are.
   */
  follow(moves: number): void;
  /**
   * Stops or resumes sending the own voice; the picture is not touched (M5). Unmuting without a
   * microphone asks for one again.
   */
  setMuted(muted: boolean): void;
  /**
   * Shares the own screen instead of the camera, or stops that; the camera is then as it was. Call it
   * in a tap: the browser asks which screen. Nothing is renegotiated (M5). Never rejects.
   */
  shareScreen(on: boolean): Promise<void>;
  /** Turns the own camera on or off; the voice is not touched (M5). Never rejects. */
  setCamera(on: boolean): Promise<void>;
  /**
   * Video is switched on or off (M1). Off: camera, screen and what is shown end, and `problem` says
   * why if there was any picture in this call. On: `problem` says that no longer. Idempotent.
   */
  letVideo(on: boolean): void;
  /**
   * Shows the next camera instead, without a gap in the voice (M5); false: there is no other one
   * that works. Never rejects.
   */
  switchCamera(): Promise<boolean>;
  /** Speaks into another microphone; false: it cannot be used. Never rejects. */
  useMicrophone(id: string): Promise<boolean>;
  /** Tries again, in a tap, to get the microphone or camera that is in trouble. Never rejects. */
  retry(): Promise<void>;
  /** Goes on after an interruption (M4); call it in a tap. Never rejects. */
  resume(): Promise<void>;
  /** Plays through another output. Never rejects; `output` says what is in use. */
  setOutput(id: string): Promise<void>;
  /** Plays what the browser refused to play; call it in a tap. Never rejects. */
  unblock(): Promise<void>;
  /**
   * The other side's picture is shown in `element`, until the returned function is called: no more is
   * received than it can show, and nothing while the page is hidden.
   */
  showIn(element: HTMLVideoElement): () => void;
  /** Leaves the call and releases microphone and camera, also after `prepare` without `join`. */
  leave(): void;
}
