/** Who sends a request: established once per request, from its cookies. */
import type { Device } from "../store/device.ts";
import type { Stores } from "../store/mod.ts";
import type { Technician } from "../store/technicians.ts";
import { readCookies } from "./cookies.ts";
import { hashToken } from "./tokens.ts";

/** A technician in a signed-in browser. */
export interface SignedIn {
  readonly technician: Technician;
  /** Names the sign-in; signing out revokes it. */
  readonly signInHash: string;
}

/** A browser bound to a device. */
export interface BoundDevice {
  readonly device: Device;
  /** Names the binding. */
  readonly tokenHash: string;
}

/** Who sends a request. A browser may be both, e.g. while somebody tries things out. */
export interface Identity {
  readonly technician: SignedIn | null;
  readonly device: BoundDevice | null;
}

/** Finds out who sends a request with these headers. `now`: milliseconds since the epoch. */
export async function identify(stores: Stores, headers: Headers, now: number): Promise<Identity> {
  const cookies = readCookies(headers);
  const [technician, device] = await Promise.all([
    cookies.technician === null ? null : signedIn(stores, cookies.technician, now),
    cookies.device === null ? null : boundDevice(stores, cookies.device),
  ]);
  return { technician, device };
}

async function signedIn(stores: Stores, token: string, now: number): Promise<SignedIn | null> {
  const signInHash = await hashToken(token);
  const signIn = signInHash === null ? null : await stores.signIns.use(signInHash, now);
  if (signIn === null || signInHash === null) return null;
  const technician = await stores.technicians.get(signIn.technician);
  return technician === null ? null : { technician, signInHash };
}

async function boundDevice(stores: Stores, token: string): Promise<BoundDevice | null> {
  const tokenHash = await hashToken(token);
  const device = tokenHash === null ? null : await stores.enrollments.deviceOf(tokenHash);
  return device === null || tokenHash === null ? null : { device, tokenHash };
}
