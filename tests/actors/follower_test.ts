/** Sessions of one process and who follows them: actors that start, stand still and go. */
import { assert, assertEquals } from "@std/assert";
import { Follower } from "../../actors/follower.ts";
import type { PageOut } from "../../actors/page_ports.ts";
import type { HubStore } from "../../actors/ports.ts";
import { SessionHost } from "../../actors/session_host.ts";
import type { ServerMessage } from "../../protocol/messages.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT } from "../../store/sessions.ts";
import { gate, overlay, quietly, World } from "./world.ts";
import { counted } from "./counted_watches.ts";

const COMMIT_LIMITS = { maxMessages: MAX_MESSAGES_A_COMMIT, maxText: MAX_TEXT_A_COMMIT };

/** The sessions of one process, without the pages: what followers work with. */
function openHost(world: World, store: Pick<HubStore, "sessions" | "device">) {
  const { media, clock } = world;
  const ports = { store, media, clock, ringFor: 60_000, commitLimits: COMMIT_LIMITS, moved() {} };
  const host = new SessionHost(ports, () => EVERYTHING_ON);
  const services = {
    registry: host.registry,
    attachments: { seal: () => Promise.resolve(null) },
    media,
    clock,
    build: () => world.build,
    available: () => EVERYTHING_ON,
    ended: () => Promise.resolve(null),
  };
  const follower = (out: PageOut, client: string) =>
    new Follower(services, out, "technician", client);
  return { host, follower };
}

/** A page's way out that keeps what it is sent. */
class Kept implements PageOut {
  readonly congested = false;
  readonly sent: ServerMessage[] = [];
  closedWith: string | null = null;

  send(message: ServerMessage) {
    this.sent.push(message);
  }
  close(reason: string) {
    this.closedWith = reason;
  }
  /** The numbers of all messages, in the order in which they came. */
  get seqs(): number[] {
    return this.sent.flatMap((f) => f.type === "session" ? f.messages.map(({ seq }) => seq) : []);
  }
  whenClear() {}
}

async function begin(world: World, host: SessionHost): Promise<string> {
  const { technician } = await world.technician();
  const device = await world.device();
  const started = await host.begin({ technician, device: device.id, client: "console-1" });
  assert("session" in started);
  return started.session;
}

Deno.test("[S8] after the end nothing of a session is left in the process's memory", async () => {
  await using world = await World.open();
  const { host, follower } = openHost(world, world.store("p"));
  const session = await begin(world, host);
  const page = follower(new Kept(), "console-1");
  await page.follow(session, 0);
  assertEquals(host.registry.running().length, 1);
  await page.request({ type: "session.end", id: 1, session });
  assertEquals(host.registry.running(), []);
  page.leave();
});

Deno.test("[C2] who comes just as the last other page goes is not left behind, whatever the moment", async () => {
  await using world = await World.open();
  const { host, follower } = openHost(world, world.store("p"));
  const session = await begin(world, host);
  let sent = 0;
  for (const leavesFirst of [true, false]) {
    for (let moment = 0; moment < 20; moment++) {
      const goes = follower(new Kept(), "console-1");
      await goes.follow(session, 0);
      await host.registry.running()[0]?.idle();
      const out = new Kept();
      const comes = follower(out, `console-${sent + 2}`);
      const leave = () => goes.leave();
      let following = Promise.resolve();
      const follow = () => {
        following = comes.follow(session, 0);
      };
      const [first, second] = leavesFirst ? [leave, follow] : [follow, leave];
      first();
      for (let turn = 0; turn < moment; turn++) await Promise.resolve();
      second();
      await following;
      const send = { type: "text.send" as const, id: 1, session, n: 1, text: "here?" };
      assertEquals(await comes.request(send), { seq: ++sent }, `after ${moment} turns`);
      assertEquals(out.seqs, Array.from({ length: sent }, (_, i) => i + 1));
      comes.leave();
      await host.registry.running()[0]?.idle();
    }
  }
  await host.registry.close();
});

Deno.test("[S7] who follows a session that is over meanwhile is told so", async () => {
  await using world = await World.open();
  const { follower } = openHost(world, world.store("p"));
  const out = new Kept();
  await follower(out, "console-1").follow("no-such-session", 0);
  assertEquals(out.sent, [{
    type: "ended",
    session: "no-such-session",
    reason: "ended",
    by: null,
  }]);
});

Deno.test("a process that goes takes up no session any more, and says nothing of it", async () => {
  await using world = await World.open();
  const { host, follower } = openHost(world, world.store("p"));
  const session = await begin(world, host);
  await host.registry.close();
  const out = new Kept();
  await follower(out, "console-1").follow(session, 0);
  assertEquals([out.sent, out.closedWith], [[], "unavailable"]);
});

Deno.test("[C2] an actor is not replaced while it commits: no step is lost between two", async () => {
  await using world = await World.open();
  const store = world.store("p");
  const disk = gate();
  const sessions = overlay<HubStore["sessions"]>(store.sessions, {
    commit: async (...step) => {
      await disk.opened;
      return await store.sessions.commit(...step);
    },
  });
  const { host, follower } = openHost(world, { ...store, sessions });
  const session = await begin(world, host);
  const send = (client: string) => ({
    type: "text.send" as const,
    id: 1,
    session,
    n: 1,
    text: client,
  });
  const goes = follower(new Kept(), "console-1");
  await goes.follow(session, 0);
  const actor = await host.registry.get(session);
  const first = goes.request(send("console-1"));
  await Promise.resolve();
  goes.leave();
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  assertEquals(await host.registry.get(session), actor);
  const comes = follower(new Kept(), "console-2");
  const following = comes.follow(session, 0);
  const second = comes.request(send("console-2"));
  disk.open();
  await following;
  assertEquals([await first, await second], [{ seq: 1 }, { seq: 2 }]);
  assertEquals((await store.sessions.messages(session, 0, 9, 9)).length, 2);
  comes.leave();
  await host.registry.close();
});

Deno.test("[A3] an actor that cannot start leaves no watch behind, and starts the next time", async () => {
  using _ = quietly();
  await using world = await World.open();
  let broken = false;
  const { store, open } = counted(world.store("p"));
  const device = (id: string) =>
    broken ? Promise.reject(new Error("no network")) : store.device(id);
  const { host, follower } = openHost(world, { ...store, device });
  const session = await begin(world, host);
  broken = true;
  const out = new Kept();
  await follower(out, "console-1").follow(session, 0);
  assertEquals([out.closedWith, open()], ["unavailable", []]);
  broken = false;
  const page = follower(new Kept(), "console-1");
  await page.follow(session, 0);
  assertEquals(open(), ["session"]);
  page.leave();
  await host.registry.close();
  assertEquals(open(), []);
});
