/** The chat service: what is switched on for whom (rule M1) and the status a device shows (T1-T5). */

/** The switches of the chat service in one scope: the whole deployment or one device. */
export interface ChatService {
  /** Off: the device's status is *Disabled* and nothing works. */
  readonly service: boolean;
  readonly text: boolean;
  /** Photos and files in the conversation; nothing without text. */
  readonly files: boolean;
  readonly voice: boolean;
  readonly video: boolean;
}

/** Everything switched on: where a scope has no settings of its own. */
export const EVERYTHING_ON: ChatService = {
  service: true,
  text: true,
  files: true,
  voice: true,
  video: true,
};

/** Switches as they were stored, perhaps before one of them existed: what is not named is on. */
export function storedService(stored: Partial<ChatService> | null): ChatService {
  return { ...EVERYTHING_ON, ...stored };
}

/** Rule M1: what is available is what every scope allows. A service switched off allows nothing. */
export function availability(...scopes: ChatService[]): ChatService {
  const service = scopes.every((scope) => scope.service);
  const text = service && scopes.every((scope) => scope.text);
  return {
    service,
    text,
    files: text && scopes.every((scope) => scope.files),
    voice: service && scopes.every((scope) => scope.voice),
    video: service && scopes.every((scope) => scope.video),
  };
}

/** The four words the agent shows (design section 2). */
export type DeviceStatus = "Not Installed" | "Disabled" | "Connected" | "Disconnected";

/** Rules T1-T4: the first that applies. */
export function deviceStatus(
  device: { installed: boolean; available: ChatService; inSession: boolean },
): DeviceStatus {
  if (!device.installed) return "Not Installed";
  if (!device.available.service) return "Disabled";
  return device.inSession ? "Connected" : "Disconnected";
}

/** Whether calls can be made now: the state of the media node's worker. */
export type MediaStatus =
  /** The worker is being downloaded or built; `progress` is 0 to 1. */
  | { readonly state: "preparing"; readonly progress: number }
  | { readonly state: "ready" }
  /** No worker can be had; `reason` is a sentence for an administrator. */
  | { readonly state: "unavailable"; readonly reason: string };

/** The state of calls without its reason, which tells of the machine: for whoever asks over HTTP. */
export function publicMedia(status: MediaStatus): { state: string; progress?: number } {
  const { state } = status;
  return state === "preparing" ? { state, progress: status.progress } : { state };
}
