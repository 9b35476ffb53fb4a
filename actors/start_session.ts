/** Starting a session: may it be, does the device exist, is it free (S1, S2). */
import { type Holder, isRejection, reject, type Rejection } from "../protocol/errors.ts";
import type { ChatService } from "../protocol/service.ts";
import { type Party, type Session, startSession, type Surroundings } from "../protocol/session.ts";
import type { HubStore } from "./ports.ts";

/** Who starts a session with which device, from which page. */
export interface Start {
  readonly technician: Party;
  readonly device: string;
  readonly client: string;
}

/** Starts one; `around` tells what holds for a device with these switches of its own. */
export async function startWith(
  store: Pick<HubStore, "device" | "sessions">,
  { technician, device: deviceId, client }: Start,
  around: (ofDevice: ChatService) => Surroundings,
): Promise<Session | Rejection> {
  const device = await store.device(deviceId);
  if (device === null) return reject("unknown_device");
  if (device.installedAt === null) return reject("device_not_installed");
  const session = startSession(
    { id: newId(), device: { id: device.id, name: device.name }, technician, client },
    around(device.chatService),
  );
  if (isRejection(session)) return session;
  const result = await store.sessions.start(session);
  switch (result.kind) {
    case "started":
      return session;
    case "held":
      return { ...reject("device_in_session"), holder: holderOf(result.by.technician, technician) };
    case "no_device":
      return reject("unknown_device");
  }
}

function holderOf(holder: Party, technician: Party): Holder {
  return { name: holder.name, you: holder.id === technician.id };
}

/** A random id, URL-safe, 128 bits. */
function newId(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}
