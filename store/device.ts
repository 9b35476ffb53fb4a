/** What is stored of a device. */
import type { EquipmentCheck } from "../protocol/equipment.ts";
import { type ChatService, storedService } from "../protocol/service.ts";

/** An enrolled endpoint. Times in milliseconds since the epoch. */
export interface Device {
  readonly id: string;
  readonly name: string;
  /** When its agent first connected; null: not yet (T1). */
  readonly installedAt: number | null;
  /** What is switched on for this device (M1). */
  readonly chatService: ChatService;
  readonly createdAt: number;
  /** What the last check of its equipment found; absent: there was none. */
  readonly equipment?: EquipmentCheck;
  /** How many of its browsers take pushes; missing: none. */
  readonly subscriptions?: number;
  /** How many notifications wait for its user; missing: none. */
  readonly waiting?: number;
}

/** A device as it was stored, perhaps before one of the switches existed. */
export function storedDevice(device: Device): Device {
  return { ...device, chatService: storedService(device.chatService) };
}
