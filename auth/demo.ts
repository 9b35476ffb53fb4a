/** The demo: a technician and three devices in a store that is forgotten at exit. */
import type { Stores } from "../store/mod.ts";
import { hashPassword } from "./passwords.ts";
import { startSignIn } from "./sign_in.ts";
import { newHashedToken, newToken } from "./tokens.ts";

const DEVICES = ["Reception tablet", "Maria's phone", "Warehouse laptop"];

/** What a demo link makes of the browser that opens it. */
export type DemoEntry =
  | { readonly kind: "technician"; readonly id: string }
  | { readonly kind: "device"; readonly id: string; readonly name: string };

/** A demo under way. */
export interface Demo {
  /** Link tokens with what they lead to, the technician first. They can be used again and again. */
  readonly entries: ReadonlyMap<string, DemoEntry>;
}

/** Fills an empty store with the demo's people and devices. The devices are installed already. */
export async function seedDemo(stores: Stores, now: number): Promise<Demo> {
  const technician = {
    id: crypto.randomUUID(),
    name: "Tess Technician",
    email: "tess@demo.invalid",
    role: "administrator",
    createdAt: now,
  } as const;
  // Nobody knows this password: the way in is the link.
  await stores.technicians.create(technician, await hashPassword(newToken()), { kind: "first" });
  const entries = new Map<string, DemoEntry>();
  entries.set(newToken(), { kind: "technician", id: technician.id });
  for (const name of DEVICES) {
    const { id } = await stores.devices.create(name, now);
    await stores.devices.markInstalled(id, now);
    entries.set(newToken(), { kind: "device", id, name });
  }
  return { entries };
}

/** Lets a browser in as what `entry` says; returns its cookie's token. */
export async function enterDemo(stores: Stores, entry: DemoEntry, now: number): Promise<string> {
  if (entry.kind === "technician") return await startSignIn(stores, entry.id, now);
  const { token, hash } = await newHashedToken();
  await stores.enrollments.bind(entry.id, hash);
  return token;
}
