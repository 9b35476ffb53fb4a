/** What pages of either side work with. */
import type { CloseReason } from "../protocol/errors.ts";
import type { MediaPort } from "../protocol/media_port.ts";
import type { ServerMessage } from "../protocol/messages.ts";
import type { ChatService } from "../protocol/service.ts";
import type { AttachmentPort, Clock, ToldEnd } from "./ports.ts";
import type { SessionRegistry } from "./registry.ts";

/** How often the server shows a page that it is there, in milliseconds. */
export const HEARTBEAT_MS = 20_000;

/** After how long a page that hears nothing doubts its connection, in milliseconds. */
export const SILENCE_MS = 2.5 * HEARTBEAT_MS;

/** One page's way out; see page_socket.ts. */
export interface PageOut {
  /** Its network has not taken yet what it was sent: what can wait should. */
  readonly congested: boolean;
  /** Calls `run` once its network takes more; never, where the page goes before. */
  whenClear(run: () => void): void;
  /** Sends one message, unless the page is gone or too slow to take it. */
  send(message: ServerMessage): void;
  close(reason: CloseReason): void;
}

/** What all pages of a process share: one object, however many pages there are. */
export interface PageServices {
  readonly registry: SessionRegistry;
  readonly attachments: AttachmentPort;
  readonly media: MediaPort;
  readonly clock: Clock;
  /** Names the build that is served. */
  build(): string;
  /** Why a session that is over ended, as long as that is told; null: not known (any more). */
  ended(session: string): Promise<ToldEnd | null>;
  /** What is available for a device with these switches of its own (M1). */
  available(device: ChatService): ChatService;
}
