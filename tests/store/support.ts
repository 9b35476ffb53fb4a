/** A store in memory for one test. */
import { openKv } from "../../store/kv.ts";
import { openStores } from "../../store/mod.ts";

/** Opens it, runs `test` with it, closes it. */
export async function withStores(
  test: (stores: ReturnType<typeof openStores>, kv: Deno.Kv) => Promise<void>,
): Promise<void> {
  const kv = await openKv(":memory:");
  try {
    await test(openStores(kv), kv);
  } finally {
    kv.close();
  }
}

/** How many keys the store holds below `prefix`. */
export async function countKeys(kv: Deno.Kv, prefix: Deno.KvKey = []): Promise<number> {
  return (await Array.fromAsync(kv.list({ prefix }))).length;
}

/** A technician for the store, with a password hash nobody computed. */
export function person(email: string, role: "administrator" | "technician" = "administrator") {
  const technician = { id: crypto.randomUUID(), name: "Ada", email, role, createdAt: 1 };
  const password = {
    algorithm: "argon2id" as const,
    memorySize: 1,
    iterations: 1,
    parallelism: 1,
    salt: new Uint8Array(16),
    digest: new Uint8Array(32),
  };
  return [technician, password] as const;
}
