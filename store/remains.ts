/** What a session leaves beside its head: messages and files. All of it goes with the end (S8). */
import { sessionKeys } from "./keys.ts";

interface Remains {
  ofSession(id: string): Deno.KvKey;
  readonly ofAll: Deno.KvKey;
  /** How many are erased in one commit: Deno KV takes 1,000, but listing reads their values. */
  readonly batch: number;
}

const REMAINS: readonly Remains[] = [
  { ofSession: sessionKeys.messages, ofAll: sessionKeys.allMessages(), batch: 500 },
  { ofSession: sessionKeys.attachmentPieces, ofAll: sessionKeys.allAttachmentPieces(), batch: 32 },
  { ofSession: sessionKeys.attachments, ofAll: sessionKeys.allAttachments(), batch: 500 },
  { ofSession: sessionKeys.attachmentRooms, ofAll: sessionKeys.allAttachmentRooms(), batch: 500 },
];

/** Erases everything of session `id` but its head. */
export async function eraseRemains(kv: Deno.Kv, id: string): Promise<void> {
  for (const { ofSession, batch } of REMAINS) {
    while (await eraseSome(kv, ofSession(id), batch) > 0);
  }
}

async function eraseSome(kv: Deno.Kv, prefix: Deno.KvKey, limit: number): Promise<number> {
  const op = kv.atomic();
  let found = 0;
  for await (const { key } of kv.list({ prefix }, { limit })) {
    op.delete(key);
    found++;
  }
  if (found > 0) await op.commit();
  return found;
}

/** The ids of all sessions that have messages or files, with or without a head; some twice. */
export async function* sessionsWithRemains(kv: Deno.Kv): AsyncGenerator<string> {
  for (const { ofAll, ofSession } of REMAINS) {
    for (let id = await first(kv, ofAll); id !== null;) {
      yield id;
      // Skips over all that this session has, without reading it.
      id = await first(kv, ofAll, [...ofSession(id), Infinity]);
    }
  }
}

async function first(kv: Deno.Kv, prefix: Deno.KvKey, start?: Deno.KvKey): Promise<string | null> {
  const selector = start === undefined ? { prefix } : { prefix, start };
  for await (const { key } of kv.list(selector, { limit: 1 })) return String(key[1]);
  return null;
}
