/** Messages that carry a file, through hubs of two processes on one Deno KV. */
import { assert, assertEquals } from "@std/assert";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { AttachmentStore, PIECE } from "../../store/attachments.ts";
import { Page } from "./page.ts";
import { World } from "./world.ts";

const POLICY = { maxSession: 10 * PIECE };

/** A session that is open, and the files of its device. */
async function openSession(world: World) {
  const [here, there] = [await world.hub(), await world.hub()];
  const [technician, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => here.connectTechnician(technician, c), {});
  const phone = new Page("phone-01").open((c) => there.connectDevice({ device: device.id }, c), {});
  const started = await console.must({ type: "session.start", device: device.id });
  assert("session" in started);
  const { session } = started;
  await phone.until(() => phone.view(session)?.state.kind === "ringing");
  await phone.must({ type: "session.answer", session, as: "text" });
  const store = new AttachmentStore(world.kv);
  const pass = await store.pass("device", device.id, session);
  assert(pass !== null);
  const announced = (id: string, size: number) => ({ id, name: "a.txt", declared: "", size });
  /** Uploads `there` of `size` bytes. */
  const upload = async (id: string, size: number, there = size) => {
    let file = await store.begin(pass, announced(id, size), POLICY, 1);
    for (let sent = 0; sent < there; sent += PIECE) {
      assert(typeof file === "object");
      const piece = new Uint8Array(Math.min(PIECE, there - sent));
      file = await store.add(pass, file, piece, "text/plain", 1);
    }
    return file;
  };
  return { console, phone, technician, device, session, store, pass, upload };
}

Deno.test("[C2] a message carries its file once, as the server knows it, to every page", async () => {
  await using world = await World.open();
  const { console, phone, session, upload, store, pass } = await openSession(world);
  await upload("photo", PIECE + 5);
  const send = { type: "text.send", session, n: 1, text: " Here ", attachment: "photo" } as const;
  const first = await phone.must(send);
  assertEquals([await phone.must(send), first].map((ack) => "seq" in ack && ack.seq), [1, 1]);
  await console.until(() => console.messages(session).length > 0);
  const wanted = { id: "photo", name: "a.txt", type: "text/plain", size: PIECE + 5 };
  for (const page of [console, phone]) {
    const [message, ...more] = page.messages(session);
    assertEquals([message?.text, message?.attachment, more], ["Here", wanted, []]);
  }
  // What is in the conversation cannot be taken back behind the other side's back.
  assertEquals(await store.remove(pass, "photo"), false);
});

Deno.test("[A1] [A3] a file that is not complete, not there or not one's own is in no message", async () => {
  await using world = await World.open();
  const { console, phone, session, upload } = await openSession(world);
  await upload("half", 2 * PIECE, PIECE);
  await upload("whole", 3);
  const send = { type: "text.send", session, n: 1, text: "" } as const;
  assertEquals(await phone.refused({ ...send, attachment: "half" }), "unknown_file");
  assertEquals(await phone.refused({ ...send, attachment: "none" }), "unknown_file");
  assertEquals(await console.refused({ ...send, attachment: "whole" }), "unknown_file");
  assertEquals(await phone.refused(send), "text_empty");
  await phone.must({ ...send, attachment: "whole" });
  await console.must({ ...send, text: "Thank you" });
});

Deno.test("[M1] [S7] switched off, a file is refused and text goes on; after the end all is refused", async () => {
  await using world = await World.open();
  const { console, phone, session, upload, store, pass } = await openSession(world);
  await upload("a", 3);
  const half = await upload("b", 2 * PIECE, PIECE);
  await world.policy.setChatService({ ...EVERYTHING_ON, files: false });
  await phone.find((m) => m.type === "device" && !m.available.files ? m : undefined);
  const send = { type: "text.send", session, n: 1, text: "" } as const;
  assertEquals(await phone.refused({ ...send, attachment: "a" }), "files_off");
  await phone.must({ ...send, text: "No photo then." });
  await console.must({ type: "session.end", session });

  assert(typeof half === "object");
  const late = await store.add(pass, half, new Uint8Array(PIECE), "text/plain", 1);
  assertEquals(late, "session_ended");
  const file = { id: "c", name: "c", declared: "", size: 1 };
  assertEquals(await store.begin(pass, file, POLICY, 1), "session_ended");
  assertEquals(await store.seal(pass, "a"), null);
  const keys = await Array.fromAsync(world.kv.list({ prefix: [] }));
  const left = keys.map(({ key }) => String(key[0])).filter((name) => /attach|message/.test(name));
  assertEquals(left, [], "[S8] nothing of it remains");
});

Deno.test("[S8] an end that a crash cut short is finished at the next start, half uploads too", async () => {
  await using world = await World.open();
  const { session, device, technician, upload } = await openSession(world);
  await upload("a", 3 * PIECE);
  await upload("b", 3 * PIECE, PIECE);
  // What a crash right after the first commit of an end leaves.
  await world.kv.atomic().delete(["session", session]).delete(["device_session", device.id])
    .delete(["technician_session", technician.technician.id, session]).commit();
  await world.hub();
  const keys = await Array.fromAsync(world.kv.list({ prefix: [] }));
  assertEquals(keys.filter(({ key }) => /attach/.test(String(key[0]))), []);
});

Deno.test("many files of one session are erased to the last piece, those of another stay", async () => {
  await using world = await World.open();
  const here = await openSession(world);
  const there = await openSession(world);
  for (let n = 0; n < 3; n++) await here.upload(`file-${n}`, 3 * PIECE);
  for (let n = 0; n < 40; n++) await there.upload(`file-${n}`, 1);
  await here.console.must({ type: "session.end", session: here.session });
  const keys = await Array.fromAsync(world.kv.list({ prefix: ["attachment_piece"] }));
  assertEquals(keys.map(({ key }) => key[1]), Array(40).fill(there.session));
});
