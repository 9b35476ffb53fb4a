/** Pages of either side on a hub. */
import { assert } from "@std/assert";
import type { Hub } from "../../actors/hub.ts";
import { Page } from "./page.ts";
import { World } from "./world.ts";

type Technician = Awaited<ReturnType<World["technician"]>>;

/** A technician's page. */
export function consolePage(
  hub: Hub,
  technician: Technician,
  client = "console-1",
  lastSeq = {},
): Page {
  return new Page(client).open((c) => hub.connectTechnician(technician, c), lastSeq);
}

/** A device's page. */
export function devicePage(
  hub: Hub,
  device: { id: string },
  client = "phone-01",
  lastSeq = {},
): Page {
  return new Page(client).open((c) => hub.connectDevice({ device: device.id }, c), lastSeq);
}

/** Starts a session with a device; its id. */
export async function start(page: Page, device: { id: string }): Promise<string> {
  const ack = await page.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  return ack.session;
}

/** A session that is open, with a page on each side. */
export async function openSession(world: World, hubs: { console: Hub; device: Hub }) {
  const [technician, device] = [await world.technician(), await world.device()];
  const console = consolePage(hubs.console, technician);
  const phone = devicePage(hubs.device, device);
  const session = await start(console, device);
  await phone.until(() => phone.view(session)?.state.kind === "ringing");
  await phone.must({ type: "session.answer", session, as: "text" });
  await console.until(() => console.view(session)?.state.kind === "open");
  return { technician, device, console, phone, session };
}

/** Every key in the store. */
export async function everyKey(kv: Deno.Kv): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of kv.list({ prefix: [] })) keys.push(key.join("/"));
  return keys;
}
