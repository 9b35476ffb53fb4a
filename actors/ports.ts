/** What actors are given of the world: small interfaces, no sockets, no KV types, no global clock. */
import type { Attachment } from "../protocol/attachment.ts";
import type { EquipmentCheck } from "../protocol/equipment.ts";
import type { CloseReason, Rejection } from "../protocol/errors.ts";
import type { ClientMessage } from "../protocol/messages.ts";
import type { PushMessage, PushSubscription } from "../protocol/push.ts";
import type { Side } from "../protocol/receipts.ts";
import type { ChatService } from "../protocol/service.ts";
import type { EndReason, Session } from "../protocol/session.ts";
import type { Device } from "../store/device.ts";
import type { NotificationStore } from "../store/notifications.ts";
import type { PresenceStore } from "../store/presence.ts";
import type { PushSubscriptionStore } from "../store/push_subscriptions.ts";
import type { DeviceSession, SessionStore } from "../store/sessions.ts";

/** A page's socket, as an actor sees it. */
export interface Connection {
  /** Sends one text frame; frames to a page that is gone are dropped. */
  send(frame: string): void;
  /** Closes with {@link CLOSE_CODE} and `reason`. */
  close(reason: CloseReason): void;
  /** Bytes accepted by `send` but not yet by the network. */
  readonly buffered: number;
}

/** A command: what a page may send after its hello. */
export type PageCommand = Exclude<ClientMessage, { type: "hello" } | { type: "ping" }>;

/** What a page's socket hands back to the hub. */
export interface PageHandler {
  /** One frame arrived. Never throws. */
  receive(data: unknown): void;
  /** The socket is gone. */
  closed(): void;
}

/** Time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Calls `run` once `milliseconds` have gone by, whatever is done to the clock on the wall meanwhile;
   * returns how to call it off.
   */
  after(milliseconds: number, run: () => void): () => void;
  /** Milliseconds since some moment; only ever grow. For measuring. */
  elapsed(): number;
  /** Calls `run` every so many milliseconds; returns how to stop. */
  every(milliseconds: number, run: () => void): () => void;
}

/** Why a session ended and on which page, as a page is told; null: not known. */
export interface ToldEnd {
  readonly reason: EndReason;
  readonly by: string | null;
}

/** An end of which nothing is known any more. */
export const SOMEHOW: ToldEnd = { reason: "ended", by: null };

/** The part of the session store that a session actor uses. */
export type SessionLog = Pick<
  SessionStore,
  "load" | "commit" | "end" | "ended" | "messages" | "seqOf" | "watch"
>;

/** A device with everything the console's list shows about it. */
export interface DirectoryEntry {
  readonly device: Device;
  readonly reachable: boolean;
  readonly held: DeviceSession | null;
}

/** Notifications outside of sessions. */
export type NotificationLog = Pick<
  NotificationStore,
  | "send"
  | "knows"
  | "act"
  | "dismiss"
  | "waitingOn"
  | "sentBy"
  | "pushesDueFor"
  | "devicesDue"
  | "pushed"
>;

/** Where a device's browsers take pushes. */
export type SubscriptionBook = Pick<
  PushSubscriptionStore,
  "keep" | "remove" | "shown" | "whatIsShown" | "allShown"
>;

/** What sends pushes; see push/sender.ts. */
export interface PushPort {
  /** What pages subscribe with: a P-256 point, base64url. */
  readonly publicKey: string;
  /** Why nothing can be sent to a subscription; null: it can. */
  refusal(subscription: PushSubscription): Promise<Rejection | null>;
  /** Resolves with how many push services took it, and how many did not; never rejects. */
  send(
    target: {
      readonly device: string;
      /** How many notifications wait there. */
      readonly waiting: number;
      /** Which of its browsers; all of them where it is missing. */
      readonly browsers?: (browser: string) => boolean;
      /** Whether it is still worth to be tried again; always where it is missing. */
      readonly still?: () => Promise<boolean>;
    },
    message: PushMessage,
  ): Promise<{ readonly taken: number; readonly failed: number }>;
  /** Gives up what is under way. */
  close(): void;
}

/** The store, as the hub sees it; see store/hub_store.ts. Watches ring at once and then on change. */
export interface HubStore {
  readonly sessions:
    & SessionLog
    & Pick<
      SessionStore,
      "start" | "ofDevice" | "ofTechnician" | "heldDevices" | "finishEnds" | "finishOwnEnds"
    >;
  readonly presence: Pick<
    PresenceStore,
    "renewLease" | "record" | "sweep" | "sweepLapsed" | "leave" | "reachable" | "connected"
  >;
  readonly notifications: NotificationLog;
  readonly subscriptions: SubscriptionBook;
  /** Rings when something became of a notification of this technician. */
  watchSent(technician: string, ring: () => void): () => void;
  readonly attachments: AttachmentPort;
  device(id: string): Promise<Device | null>;
  /** Remembers that the device's agent runs (T1). */
  markInstalled(id: string, at: number): Promise<void>;
  /** Keeps what a check of the device's equipment found. */
  keepEquipment(id: string, equipment: EquipmentCheck): Promise<void>;
  /** Rings when the device's record or session may have changed. */
  watchDevice(id: string, ring: () => void): () => void;
  directory(): Promise<DirectoryEntry[]>;
  /** Rings when any row of the directory may have changed. */
  watchDirectory(ring: () => void): () => void;
  chatService(): Promise<ChatService>;
  watchChatService(ring: () => void): () => void;
  /** Calls `gone` once the sign-in or the technician is no more. */
  watchSignIn(signInHash: string, technician: string, gone: () => void): () => void;
  /** A page of this sign-in is open: that counts as using it. */
  keepSignedIn(signInHash: string): Promise<void>;
}

/** The files of sessions, as actors see them; see store/attachments.ts. */
export interface AttachmentPort {
  /**
   * The file that a message of this side is to carry, from here on kept until the session's end.
   * Null: it is not complete, or there is none of that id.
   */
  seal(session: Session, side: Side, id: string): Promise<Attachment | null>;
}

/** The clock of this process. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  elapsed: () => performance.now(),
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds);
    return () => clearInterval(timer);
  },
};
