/** How a browser becomes a device: a one-time link, opened on the device. */
import type { Device } from "../store/device.ts";
import type { Stores } from "../store/mod.ts";
import { hashToken, newHashedToken } from "./tokens.ts";

/** Makes a device's one-time code, which voids the one before; null: there is no such device. */
export async function newEnrollmentCode(
  stores: Stores,
  device: string,
  now: number,
): Promise<string | null> {
  const { token, hash } = await newHashedToken();
  return await stores.enrollments.create(hash, device, now) ? token : null;
}

/** The device a code is for; null: used, expired or never made. Looking does not use it up. */
export async function findEnrollment(
  stores: Stores,
  code: string,
  now: number,
): Promise<Device | null> {
  const hash = await hashToken(code);
  return hash === null ? null : await stores.enrollments.find(hash, now);
}

/** Uses a code up; returns the device and the cookie's token for the browser, or null as above. */
export async function useEnrollment(
  stores: Stores,
  code: string,
  now: number,
): Promise<{ device: Device; token: string } | null> {
  const codeHash = await hashToken(code);
  if (codeHash === null) return null;
  const { token, hash } = await newHashedToken();
  const device = await stores.enrollments.use(codeHash, hash, now);
  return device === null ? null : { device, token };
}
