/** What actors are given of the world: small interfaces, no sockets, no KV types, no global clock. */
import type { Attachment } from "../protocol/attachment.ts";
import type { EquipmentCheck } from "../protocol/equipment.ts";
import type { CloseReason, Rejection } from "../protocol/errors.ts";
import type { Allowed, Place, TicketClaims } from "../protocol/media.ts";
import type { ClientMessage, MediaTicket } from "../protocol/messages.ts";
import type {
  DeviceNotification,
  NotificationAct,
  SentNotification,
} from "../protocol/notification.ts";
import type { PushMessage, PushSubscription } from "../protocol/push.ts";
import type { Side } from "../protocol/receipts.ts";
import type { ChatService, MediaStatus } from "../protocol/service.ts";
import type { EndReason, Message, OutboxEntry, Party, Session } from "../protocol/session.ts";
import type { ShownNote } from "../store/push_subscriptions.ts";

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

/** A head and its version, as in store/sessions.ts. */
export interface StoredSession {
  readonly session: Session;
  readonly version: string;
}

/** Why a session ended and on which page, as in store/sessions.ts. */
export interface SessionEnd {
  readonly reason: EndReason;
  readonly by: string;
}

/** Why a session ended and on which page, as a page is told; null: not known. */
export interface ToldEnd {
  readonly reason: EndReason;
  readonly by: string | null;
}

/** An end of which nothing is known any more. */
export const SOMEHOW: ToldEnd = { reason: "ended", by: null };

/** The part of the session store that a session actor uses; see store/sessions.ts. */
export interface SessionLog {
  load(id: string): Promise<StoredSession | null>;
  commit(version: string, session: Session, messages: readonly Message[]): Promise<string | null>;
  end(version: string, session: Session): Promise<boolean>;
  /** Why a session that is over ended, as long as that is told; null: not known (any more). */
  ended(id: string): Promise<SessionEnd | null>;
  messages(id: string, after: number, upTo: number, limit: number): Promise<Message[]>;
  seqOf(id: string, entry: OutboxEntry): Promise<number | null>;
  watch(id: string, ring: (version: string | null) => void): () => void;
}

/** A device as the hub needs it; see store/devices.ts. */
export interface DeviceRecord {
  readonly id: string;
  readonly name: string;
  /** When its agent first connected, in milliseconds since the epoch; null: never (T1). */
  readonly installedAt: number | null;
  readonly chatService: ChatService;
  /** What the last check of its equipment found; absent: there was none. */
  readonly equipment?: EquipmentCheck;
  /** How many of its browsers take pushes; missing: none. */
  readonly subscriptions?: number;
  /** How many notifications wait for its user; missing: none. */
  readonly waiting?: number;
}

/** Who holds a device's session; see store/sessions.ts. */
export interface HeldSession {
  readonly session: string;
  readonly technician: { readonly id: string; readonly name: string };
}

/** A device with everything the console's list shows about it. */
export interface DirectoryEntry {
  readonly device: DeviceRecord;
  readonly reachable: boolean;
  readonly held: HeldSession | null;
}

/** Notifications outside of sessions; see store/notifications.ts. */
export interface NotificationLog {
  send(notification: {
    readonly id: string;
    readonly technician: Party;
    readonly device: string;
    readonly text: string;
    readonly at: number;
  }): Promise<"sent" | Rejection>;
  /** Whether this technician has sent it, as long as what became of it is kept. */
  knows(technician: string, id: string): Promise<boolean>;
  act(
    device: string,
    id: string,
    act: NotificationAct,
  ): Promise<{ readonly changed: boolean } | Rejection>;
  dismiss(technician: string, id: string): Promise<string | null>;
  waitingOn(device: string): Promise<DeviceNotification[]>;
  sentBy(technician: string): Promise<SentNotification[]>;
  pushesDueFor(device: string): Promise<string[]>;
  devicesDue(): Promise<Set<string>>;
  pushed(device: string, id: string): Promise<void>;
}

/** Where a device's browsers take pushes; see store/push_subscriptions.ts. */
export interface SubscriptionBook {
  keep(
    device: string,
    subscription: PushSubscription & { readonly browser: string; readonly language: string },
  ): Promise<boolean>;
  remove(device: string, browser: string): Promise<void>;
  shown(device: string, tag: string, took: PushMessage["kind"] | null): Promise<void>;
  whatIsShown(device: string, tag: string): Promise<ShownNote | null>;
  allShown(): Promise<readonly { readonly device: string; readonly tag: string }[]>;
}

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
  readonly sessions: SessionLog & {
    start(session: Session): Promise<
      | { readonly kind: "started" }
      | { readonly kind: "held"; readonly by: HeldSession }
      | { readonly kind: "no_device" }
    >;
    ofDevice(device: string): Promise<HeldSession | null>;
    ofTechnician(technician: string): Promise<string[]>;
    /** The devices that have a session. */
    heldDevices(): Promise<string[]>;
    /** Erases what sessions left behind whose end was cut short. */
    finishEnds(): Promise<number>;
    /** The same for ends of this process that a failing store cut short; looks at nothing else. */
    finishOwnEnds(): Promise<void>;
  };
  readonly presence: {
    /** False: the lease had run out, and others may have erased this process's records. */
    renewLease(): Promise<boolean>;
    record(changes: ReadonlyMap<string, boolean>): Promise<void>;
    sweep(): Promise<void>;
    /** Erases what processes left behind that died meanwhile; returns how many. */
    sweepLapsed(): Promise<number>;
    leave(): Promise<void>;
    /** The devices with a page connected to any process. */
    reachable(): Promise<ReadonlySet<string>>;
    /** Whether a page of this device is connected to any process. */
    connected(device: string): Promise<boolean>;
  };
  readonly notifications: NotificationLog;
  readonly subscriptions: SubscriptionBook;
  /** Rings when something became of a notification of this technician. */
  watchSent(technician: string, ring: () => void): () => void;
  readonly attachments: AttachmentPort;
  device(id: string): Promise<DeviceRecord | null>;
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

/** Media nodes, as the hub sees them; see media/gateway.ts. */
export interface MediaPort {
  status(): MediaStatus;
  onStatus(listener: (status: MediaStatus) => void): () => void;
  /** The node new calls go to, none of `but`; null: none is ready. */
  nodeId(but?: readonly string[]): string | null;
  placed(node: string): void;
  standing(node: string, lost: boolean): Promise<"there" | "leaving" | "gone">;
  onLeaving(listener: (node: string) => void): () => void;
  ticket(claims: TicketClaims): Promise<MediaTicket>;
  /** A ticket for one device's page to try the ways to the node. */
  probeTicket(device: string): Promise<MediaTicket>;
  restrict(session: string, allowed: Allowed, node: string): void | Promise<void>;
  closeRoom(session: string, call: number, node: string): void | Promise<void>;
  leaveRoom(session: string, place: Place, node: string): void | Promise<void>;
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
