/** The people who sign in. */
import { peopleKeys } from "./keys.ts";

/** What a person who signs in is. Both give live support. */
export type Role = "administrator" | "technician";

/** A person who signs in. */
export interface Technician {
  readonly id: string;
  readonly name: string;
  /** In lower case; nobody else has it. */
  readonly email: string;
  readonly role: Role;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A password as it is stored: Argon2id's parameters, so that they can be raised, salt, digest. */
export interface PasswordHash {
  readonly algorithm: "argon2id";
  /** KiB. */
  readonly memorySize: number;
  readonly iterations: number;
  readonly parallelism: number;
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
}

/** What an e-mail address leads to at sign-in; kept apart so that no page ever sees a hash. */
export interface Credentials {
  readonly technician: string;
  readonly password: PasswordHash;
}

/** What lets a technician come into being. */
export type Admission =
  /** A one-time link, by the hash of its token; it is used up. */
  | { readonly kind: "setup"; readonly tokenHash: string }
  /** The program's own settings; only as long as there is no administrator. */
  | { readonly kind: "first" };

/** A new technician, or why there is none. */
export type CreatedTechnician =
  | { readonly ok: true; readonly technician: Technician }
  | {
    readonly ok: false;
    /** "link_used": the link is used up, expired, or an administrator exists already. */
    readonly code: "email_taken" | "link_used";
  };

/** The technicians on one Deno KV. */
export class TechnicianStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /**
   * Creates a technician. Of two that use one link, or both want to be the first administrator,
   * exactly one succeeds.
   */
  async create(
    technician: Technician,
    password: PasswordHash,
    admission: Admission,
  ): Promise<CreatedTechnician> {
    const op = this.#kv.atomic();
    const byEmail = peopleKeys.technicianByEmail(technician.email);
    if (admission.kind === "setup") {
      const key = peopleKeys.setup(admission.tokenHash);
      const setup = await this.#kv.get<{ first: boolean }>(key);
      if (setup.value === null) return { ok: false, code: "link_used" };
      op.check(setup).delete(key);
      if (setup.value.first) claimFirst(op);
    } else {
      claimFirst(op);
    }
    const credentials: Credentials = { technician: technician.id, password };
    const result = await op
      .check({ key: byEmail, versionstamp: null })
      .set(byEmail, credentials)
      .set(peopleKeys.technician(technician.id), technician)
      .commit();
    if (result.ok) return { ok: true, technician };
    const taken = await this.#kv.get(byEmail);
    return { ok: false, code: taken.value === null ? "link_used" : "email_taken" };
  }

  /** A technician; null: there is none of that id. */
  async get(id: string): Promise<Technician | null> {
    return (await this.#kv.get<Technician>(peopleKeys.technician(id))).value;
  }

  /** What signs in with `email` (cleaned); null: nobody. */
  async credentials(email: string): Promise<Credentials | null> {
    return (await this.#kv.get<Credentials>(peopleKeys.technicianByEmail(email))).value;
  }

  /** All technicians, by name. */
  async list(): Promise<Technician[]> {
    const all: Technician[] = [];
    const prefix = peopleKeys.technicians();
    for await (const entry of this.#kv.list<Technician>({ prefix })) all.push(entry.value);
    return all.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Whether the first administrator exists: from then on links come from administrators only. */
  async hasAdministrator(): Promise<boolean> {
    return (await this.#kv.get(peopleKeys.firstAdministrator())).value !== null;
  }
}

function claimFirst(op: Deno.AtomicOperation): void {
  const key = peopleKeys.firstAdministrator();
  op.check({ key, versionstamp: null }).set(key, true);
}
