/** The pages of one session on different processes: whatever one does, the other one sees. */
import { assert, assertEquals } from "@std/assert";
import { upload } from "../../client/attach/upload.ts";
import type { Ended } from "../../client/live_state.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { newPageId } from "../../client/page_id.ts";
import { newUlid } from "../../client/ulid.ts";
import { NOTHING_CHECKED } from "../../protocol/equipment.ts";
import type { SessionState } from "../../protocol/session.ts";
import { History } from "../faults/history.ts";
import { FaultPage } from "../faults/page.ts";
import { until } from "../support/waiting.ts";
import { skipped } from "./database.ts";
import { openTown, portOf } from "./world.ts";

const FILE_BYTES = 150_000;

Deno.test({
  name: "[S3] [S4] [C2] [N1] [T5] a device on one process, its technician on another",
  ignore: skipped,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const { cluster, people } = await openTown(stack);
    const history = new History();
    const [here, there] = cluster.webOrigins.map(portOf);
    const [login, tills] = [people.technicians[0], people.devices[0]];
    assert(here !== undefined && there !== undefined && login !== undefined && tills !== undefined);
    const visitors = stack.use(new AsyncDisposableStack());
    const open = async (side: "technician" | "device", target: number) =>
      (side === "device" ? visitors : stack).use(
        await FaultPage.open({
          ...{ side, history, target },
          login: side === "device" ? tills : login,
        }),
      );
    const console = await open("technician", here);
    const phone = await open("device", there);
    const tablet = await open("device", here);
    const device = tills.id;
    const row = () => console.live.devices.peek()?.get(device);
    await until("[T5] the device is reachable", row, (it) => it?.reachable === true);

    // [S3] It rings on both; one answers.
    assertEquals((await console.insist({ type: "session.start", device })).kind, "ack");
    await Promise.all([phone, tablet].map((page) => state(page, device, "ringing")));
    const { id: session } = held(phone, device);
    await phone.insist({ type: "session.answer", session, as: "text" });
    for (const page of [console, tablet]) {
      const seen = await state(page, device, "open");
      assertEquals(seen.answeredBy, phone.id, "answered elsewhere, and where");
    }

    // [C2] [C3] Texts and check marks.
    held(console, device).sender.add("from here");
    held(phone, device).sender.add("from there");
    for (const page of [console, phone]) {
      const log = () => held(page, device).record.peek().log;
      await until("both texts are there", log, ({ length }) => length === 2);
      page.readAll();
    }
    const cursors = () => held(console, device).record.peek().view.cursors;
    await until("all is read", cursors, ({ technician, device }) => {
      return technician.read + device.read >= 3;
    });

    // A file whose pieces go to both processes in turn, announced to the other one than its socket's.
    const id = newPageId();
    const bytes = new Uint8Array(FILE_BYTES).map((_, at) => at * 7);
    const file = { id, name: "notes.bin", type: "application/octet-stream" };
    let at = 0;
    const outcome = await upload(
      {
        path: `/api/attachments/device/${session}`,
        fetch: (path, init) => (at++ % 2 === 0 ? tablet : phone).fetch(path, init),
        pause: () => Promise.resolve(),
        progress() {},
        stalled() {},
        now: () => performance.now(),
      },
      { ...file, name: "notes.txt", type: "text/plain", blob: new Blob([textOf(bytes)]) },
      new AbortController().signal,
    );
    assertEquals(outcome, { kind: "done" });
    held(phone, device).sender.add("", { ...file, size: textOf(bytes).length });
    const third = () => held(console, device).record.peek().log[2]?.attachment;
    assertEquals((await until("the file is there", third, (it) => it !== undefined))?.id, id);
    const got = await console.fetch(`/api/attachments/technician/${session}/${id}`, {});
    assertEquals(await got.text(), textOf(bytes));

    // A check of the equipment is asked for here and reported there.
    await console.insist({ type: "equipment.ask", session });
    const wish = () => held(phone, device).record.peek().view.equipment;
    await until("the wish arrives", wish, (it) => it !== undefined);
    const report = { ...NOTHING_CHECKED, microphone: "ok" } as const;
    await phone.insist({ type: "equipment.report", report });
    await until("the report arrives", row, (it) => it?.equipment?.microphone === "ok");

    // The technician's page closes and ends the session by the other process.
    const ends = [ending(phone), ending(tablet)];
    const ended = await console.fetch(`/api/sessions/${session}`, { method: "DELETE" });
    await ended.body?.cancel();
    for (const end of ends) assertEquals((await end).reason, "ended");

    // [S4] Rejected there: the technician reads it here, the other page that it was elsewhere.
    await console.insist({ type: "session.start", device });
    await Promise.all([phone, tablet].map((page) => state(page, device, "ringing")));
    const again = held(phone, device).id;
    const told = [ending(console), ending(tablet)];
    await phone.insist({ type: "session.reject", session: again });
    for (const end of told) {
      const { reason, by } = await end;
      assertEquals([reason, by], ["rejected", phone.id]);
    }

    // [N1] A notification, with an answer.
    const notification = newUlid(console.live.now());
    await console.insist({
      type: "notification.send",
      device,
      notification,
      text: "Please charge",
    });
    for (const page of [phone, tablet]) {
      const waiting = () => page.live.notifications.peek()?.map((one) => one.text);
      await until("it pops up", waiting, (texts) => texts?.join() === "Please charge");
    }
    await phone.insist({ type: "notification.answer", notification, text: "Done" });
    const answered = () => console.live.sent.peek().find((one) => one.id === notification)?.state;
    await until("the answer is there", answered, (it) => it?.kind === "answered");
    const gone = () => tablet.live.notifications.peek()?.length;
    await until("it is cleared on the other page", gone, (count) => count === 0);

    // [T5] The last page closes.
    await visitors.disposeAsync();
    await until("[T5] the device is not reachable", row, (it) => it?.reachable === false);
    assertEquals(history.broken, []);
  },
});

function textOf(bytes: Uint8Array): string {
  return bytes.toHex();
}

function held(page: FaultPage, device: string): OpenSession {
  const open = page.session(device);
  if (open === null) throw new Error(`no session at ${page.standing}`);
  return open;
}

/** Waits until a page sees its session in this state. */
async function state<Kind extends SessionState["kind"]>(
  page: FaultPage,
  device: string,
  kind: Kind,
) {
  const look = () => page.session(device)?.record.peek().view.state;
  const is = (it: SessionState | undefined): it is Extract<SessionState, { kind: Kind }> =>
    it?.kind === kind;
  return await until(`a session is ${kind}`, look, is);
}

function ending(page: FaultPage): Promise<Ended> {
  return new Promise((told) => page.live.onEnded(told));
}
