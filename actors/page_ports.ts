/** What the pages of both people are given by the hub. */
import type { CloseReason } from "../protocol/errors.ts";
import type { ServerMessage } from "../protocol/messages.ts";
import type { ChatService } from "../protocol/service.ts";
import type { FollowerPorts } from "./follower.ts";
import type { Clock } from "./ports.ts";

/** How often the server shows a page that it is there, in milliseconds. */
export const HEARTBEAT_MS = 20_000;

/** After how long a page that hears nothing doubts its connection, in milliseconds. */
export const SILENCE_MS = 2.5 * HEARTBEAT_MS;

/** One page's view of the hub. */
export interface PagePorts extends FollowerPorts {
  readonly clock: Clock;
  send(message: ServerMessage): void;
  close(reason: CloseReason): void;
  /** What is available for a device with these switches of its own (M1). */
  available(device: ChatService): ChatService;
  /** Sends the media status now and whenever it changes; returns how to stop. */
  followMedia(): () => void;
}
