/** Calls whose media node is gone, or wants to go, on several processes. */
import { assert, assertEquals } from "@std/assert";
import type { Hub } from "../../actors/hub.ts";
import { Page } from "./page.ts";
import { World } from "./world.ts";

type Ticket = { readonly node: string; readonly token: string };

/** A call on node "node", with a page of each side on a process of its own. */
async function openCall(world: World, hubs: { console: Hub; phone: Hub }, name = "Till 4") {
  const technician = await world.technician();
  const device = (await world.device(name)).id;
  const console = new Page("console-1").open((c) => hubs.console.connectTechnician(technician, c));
  const phone = new Page("phone-01").open((c) => hubs.phone.connectDevice({ device }, c));
  const started = await console.must({ type: "session.start", device });
  assert("session" in started);
  const { session } = started;
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "video" });
  await console.until(() => callOf(console, session) !== null);
  return { console, phone, session };
}

function callOf(page: Page, session: string) {
  const state = page.view(session)?.state;
  return state?.kind === "open" && state.call.kind === "active" ? state.call : null;
}

async function ticket(
  page: Page,
  session: string,
  lost?: string,
  blocked?: true,
): Promise<Ticket> {
  const ack = await page.must({ type: "call.ticket", session, lost, blocked });
  assert("ticket" in ack);
  return ack.ticket;
}

Deno.test("both pages lose the node at once, on two processes: one move, one node, the same frame", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const { console, phone, session } = await openCall(world, { console: one, phone: two });
  const before = callOf(console, session);
  assertEquals(before?.node, "node");
  world.media.node = "other";
  // The node is there: its pages stay, whatever they say.
  assertEquals((await ticket(phone, session, "node")).node, "node");
  world.media.gone.add("node");
  const tickets = await Promise.all([
    ticket(phone, session, "node"),
    ticket(console, session, "node"),
    ticket(phone, session, "node"),
  ]);
  assertEquals(tickets.map(({ node }) => node), ["other", "other", "other"]);
  for (const { token } of tickets) {
    const { node, call, move } = JSON.parse(token);
    assertEquals([node, call, move], ["other", 1, 1]);
  }
  for (const page of [console, phone]) {
    await page.until(() => callOf(page, session)?.node === "other");
    assertEquals(
      callOf(page, session),
      before === null ? null : { ...before, node: "other", moves: 1 },
    );
  }
  // The first node is back: nobody returns to it, and old news of it are nothing.
  world.media.gone.clear();
  world.media.node = "node";
  assertEquals((await ticket(console, session, "node")).node, "other");
  assertEquals(callOf(phone, session)?.moves, 1);
  assert(world.media.told.includes(`leave ${session} 1.0 on node`), world.media.told.join("\n"));
});

Deno.test("a page that alone has no way to a node takes its call elsewhere, once for each node, if there is another", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const { console, phone, session } = await openCall(world, { console: hub, phone: hub });
  const says = async (page: Page, node: string) => (await ticket(page, session, node, true)).node;
  assertEquals(await says(phone, "node"), "node", "there is no other");
  world.media.spare = "other";
  assertEquals(await says(phone, "elsewhere"), "node", "that is not where the call is");
  assertEquals(await says(phone, "node"), "other");
  await console.until(() => callOf(console, session)?.node === "other");
  assert(world.media.told.includes(`leave ${session} 1.0 on node`), world.media.told.join("\n"));
  // The other page has no way to that one: it does not go back, and both are given what there is.
  assertEquals(await says(console, "other"), "other");
  assertEquals(callOf(phone, session)?.moves, 1);
  // The node is gone: the one before is better than none, for good.
  world.media.gone.add("other");
  assertEquals(await says(console, "other"), "node");
  assertEquals(await says(phone, "node"), "node");
});

Deno.test("with no other node the page hears that calls are not available, and nothing changes", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const { phone, session } = await openCall(world, { console: hub, phone: hub });
  world.media.gone.add("node");
  for (const left of ["node", null]) {
    world.media.node = left;
    const refusal = await phone.refused({ type: "call.ticket", session, lost: "node" });
    assertEquals(refusal, "calls_unavailable");
  }
  assertEquals(callOf(phone, session)?.node, "node");
});

Deno.test("all calls of a node that goes are moved by whatever process has them, without a page asking", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const calls = [
    await openCall(world, { console: one, phone: one }, "Till 4"),
    await openCall(world, { console: two, phone: one }, "Till 5"),
  ];
  world.media.leave("node");
  // There is nowhere to go yet: a page still gets in.
  for (const { phone, session } of calls) {
    assertEquals((await ticket(phone, session)).node, "node");
  }
  world.media.node = "other";
  world.media.leave("node");
  for (const { console, phone, session } of calls) {
    for (const page of [console, phone]) {
      await page.until(() => callOf(page, session)?.node === "other");
      assertEquals(callOf(page, session)?.moves, 1);
    }
  }
});

Deno.test("[A1] only a page of the call can have it looked for", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const { console, phone, session } = await openCall(world, { console: hub, phone: hub });
  world.media.gone.add("node");
  world.media.node = "other";
  const other = await world.device("Till 9");
  const stranger = new Page("phone-99").open((c) => hub.connectDevice({ device: other.id }, c));
  const refusal = await stranger.refused({ type: "call.ticket", session, lost: "node" });
  assertEquals(refusal, "session_ended");
  assertEquals(callOf(console, session)?.node, "node");
  // What it says it lost is not where the call is: that is looked at all the same.
  assertEquals((await ticket(phone, session, "elsewhere")).node, "other");
});
