/** Sessions and messages to store. */
import { assert } from "@std/assert";
import { isRejection } from "../../protocol/errors.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { type Message, type Session, startSession } from "../../protocol/session.ts";
import { SessionStore } from "../../store/sessions.ts";

/** A session that was just started. */
export function session(id: string, device = `device-of-${id}`): Session {
  const made = startSession({
    id,
    device: { id: device, name: "Till 4" },
    technician: { id: "maria", name: "Maria Keller" },
    client: "console-1",
  }, { now: 1, available: EVERYTHING_ON, node: null, ringFor: 60_000 });
  assert(!isRejection(made));
  return made;
}

/** A technician's message. */
export function message(seq: number): Message {
  return { seq, from: "technician", text: `no. ${seq}`, at: seq, client: "console-1", n: seq };
}

/** Runs `test` on a store of its own, in which a few devices are. */
export async function withStore(test: (store: SessionStore, kv: Deno.Kv) => Promise<void>) {
  const kv = await Deno.openKv(":memory:");
  try {
    for (const name of ["till", "device-of-a", "device-of-b", "device-of-c"]) {
      await kv.set(["device", name], { id: name });
    }
    await test(new SessionStore(kv), kv);
  } finally {
    kv.close();
  }
}
