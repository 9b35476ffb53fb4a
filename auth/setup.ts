/** How technicians come into being: the first administrator, and invitations. */
import type { Stores } from "../store/mod.ts";
import type { Setup } from "../store/setups.ts";
import type { Admission, Role, Technician } from "../store/technicians.ts";
import { cleanEmail, cleanName, passwordProblem } from "./fields.ts";
import { hashPassword } from "./passwords.ts";
import { type Phrase, phrase } from "../locales/phrase.ts";
import { startSignIn } from "./sign_in.ts";
import { hashToken, newHashedToken } from "./tokens.ts";

/** How long an invitation holds, in milliseconds. */
export const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

/** What somebody typed into the set-up form. */
export interface TypedAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** What is wrong with it: a sentence per field. */
export type AccountProblems = Partial<Record<keyof TypedAccount, Phrase>>;

/** A new technician in a signed-in browser, or why there is none. */
export type SetupResult =
  | { readonly ok: true; readonly technician: Technician; readonly token: string }
  | { readonly ok: false; readonly code: "link_used" }
  | { readonly ok: false; readonly code: "bad_fields"; readonly problems: AccountProblems };

/**
 * A token for the first administrator's link, which voids those of earlier starts; null where an
 * administrator exists.
 */
export async function firstSetupToken(stores: Stores): Promise<string | null> {
  const { token, hash } = await newHashedToken();
  return await stores.setups.replaceFirst(hash) ? token : null;
}

/** Creates the administrator the settings name, unless there is one already. */
export async function createFirstAdministrator(
  stores: Stores,
  named: { readonly email: string; readonly password: string },
  now: number,
): Promise<void> {
  const email = cleanEmail(named.email);
  if (email === null || await stores.technicians.hasAdministrator()) return;
  const technician = newTechnician("Administrator", email, "administrator", now);
  // Losing to another process that does the same is as good as winning.
  await stores.technicians.create(technician, await hashPassword(named.password), {
    kind: "first",
  });
}

/** Makes an invitation's token. */
export async function invite(
  stores: Stores,
  role: Role,
  now: number,
): Promise<{ token: string; expiresAt: number }> {
  const { token, hash } = await newHashedToken();
  const expiresAt = now + INVITATION_MS;
  await stores.setups.invite(hash, role, now, expiresAt);
  return { token, expiresAt };
}

/** What a setup link leads to; null: it was used or has expired. */
export async function findSetup(stores: Stores, token: string, now: number): Promise<Setup | null> {
  const hash = await hashToken(token);
  return hash === null ? null : await stores.setups.find(hash, now);
}

/** Uses a setup link: creates the technician and signs the browser in. */
export async function completeSetup(
  stores: Stores,
  token: string,
  typed: TypedAccount,
  now: number,
): Promise<SetupResult> {
  const tokenHash = await hashToken(token);
  const setup = tokenHash === null ? null : await stores.setups.find(tokenHash, now);
  if (setup === null || tokenHash === null) return { ok: false, code: "link_used" };
  const name = cleanName(typed.name);
  const email = cleanEmail(typed.email);
  const password = passwordProblem(typed.password);
  if (name === null || email === null || password !== null) {
    return { ok: false, code: "bad_fields", problems: problemsOf(name, email, password) };
  }
  const admission: Admission = { kind: "setup", tokenHash };
  const created = await stores.technicians.create(
    newTechnician(name, email, setup.role, now),
    await hashPassword(typed.password),
    admission,
  );
  if (created.ok) {
    const { technician } = created;
    return { ok: true, technician, token: await startSignIn(stores, technician.id, now) };
  }
  if (created.code === "link_used") return { ok: false, code: "link_used" };
  const problems = { email: phrase("errors.email_taken") };
  return { ok: false, code: "bad_fields", problems };
}

function newTechnician(name: string, email: string, role: Role, now: number): Technician {
  return { id: crypto.randomUUID(), name, email, role, createdAt: now };
}

function problemsOf(
  name: string | null,
  email: string | null,
  password: Phrase | null,
): AccountProblems {
  return {
    ...(name === null ? { name: phrase("errors.bad_name") } : {}),
    ...(email === null ? { email: phrase("errors.bad_email") } : {}),
    ...(password === null ? {} : { password }),
  };
}
