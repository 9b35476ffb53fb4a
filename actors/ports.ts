/** What actors are given of the world: small interfaces, no sockets, no KV types, no global clock. */
import type { CloseReason } from "../protocol/errors.ts";
import type { EquipmentCheck } from "../protocol/equipment.ts";
import type { TicketClaims } from "../protocol/media.ts";
import type { MediaTicket } from "../protocol/messages.ts";
import type { ChatService, MediaStatus } from "../protocol/service.ts";
import type { Message, OutboxEntry, Session } from "../protocol/session.ts";

/** A page's socket, as an actor sees it. */
export interface Connection {
  /** Sends one text frame; frames to a page that is gone are dropped. */
  send(frame: string): void;
  /** Closes with {@link CLOSE_CODE} and `reason`. */
  close(reason: CloseReason): void;
  /** Bytes accepted by `send` but not yet by the network. */
  readonly buffered: number;
}

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
  /** Calls `run` once at `time` or just after, never before; returns how to call it off. */
  at(time: number, run: () => void): () => void;
  /** Calls `run` every so many milliseconds; returns how to stop. */
  every(milliseconds: number, run: () => void): () => void;
}

/** A head and its version, as in store/sessions.ts. */
export interface StoredSession {
  readonly session: Session;
  readonly version: string;
}

/** The part of the session store that a session actor uses; see store/sessions.ts. */
export interface SessionLog {
  load(id: string): Promise<StoredSession | null>;
  commit(version: string, session: Session, messages: readonly Message[]): Promise<string | null>;
  end(version: string, session: Session): Promise<boolean>;
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
  };
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

/** The media node, as the hub sees it; see media/gateway.ts. */
export interface MediaPort {
  status(): MediaStatus;
  onStatus(listener: (status: MediaStatus) => void): () => void;
  /** The node new calls go to; null: none is ready. */
  nodeId(): string | null;
  ticket(claims: Omit<TicketClaims, "node">): Promise<MediaTicket>;
  /** A ticket for one device's page to try the ways to the node. */
  probeTicket(device: string): Promise<MediaTicket>;
  restrict(session: string, allowed: { voice: boolean; video: boolean }): void | Promise<void>;
  closeRoom(session: string, call?: number): void | Promise<void>;
}

/** The clock of this process. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(time, run) {
    // A timer may fire early by the clock on the wall, which can be set back meanwhile.
    const fire = () => {
      if (Date.now() >= time) run();
      else timer = wait();
    };
    const wait = () => setTimeout(fire, Math.max(0, time - Date.now()));
    let timer = wait();
    return () => clearTimeout(timer);
  },
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds);
    return () => clearInterval(timer);
  },
};
