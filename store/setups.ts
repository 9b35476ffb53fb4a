/** One-time links that create a technician: the first administrator's, and invitations. */
import { peopleKeys } from "./keys.ts";
import type { Role } from "./technicians.ts";

/** What a setup link leads to. */
export interface Setup {
  /** What the new technician will be. */
  readonly role: Role;
  /** The link of the first start; worth nothing once an administrator exists. */
  readonly first: boolean;
  /** Milliseconds since the epoch; null: until used. */
  readonly expiresAt: number | null;
}

/** The setup links on one Deno KV. */
export class SetupStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /**
   * Makes the first administrator's link and voids those of earlier starts. False: an administrator
   * exists, no link is needed.
   */
  async replaceFirst(tokenHash: string): Promise<boolean> {
    const key = peopleKeys.firstAdministrator();
    const setup: Setup = { role: "administrator", first: true, expiresAt: null };
    const op = this.#kv.atomic().check({ key, versionstamp: null });
    for await (const entry of this.#kv.list<Setup>({ prefix: peopleKeys.setups() })) {
      if (entry.value.first) op.delete(entry.key);
    }
    return (await op.set(peopleKeys.setup(tokenHash), setup).commit()).ok;
  }

  /** Makes an invitation that holds until `expiresAt`. Times in milliseconds since the epoch. */
  async invite(tokenHash: string, role: Role, now: number, expiresAt: number): Promise<void> {
    const setup: Setup = { role, first: false, expiresAt };
    await this.#kv.set(peopleKeys.setup(tokenHash), setup, { expireIn: expiresAt - now });
  }

  /** What a link still leads to; null: nothing (any more). */
  async find(tokenHash: string, now: number): Promise<Setup | null> {
    const { value } = await this.#kv.get<Setup>(peopleKeys.setup(tokenHash));
    if (value === null) return null;
    // `expireIn` erases late: the record itself says until when it holds.
    return value.expiresAt === null || now < value.expiresAt ? value : null;
  }
}
