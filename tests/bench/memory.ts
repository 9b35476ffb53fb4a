/** Memory of an idle connected page, beside that of a bare Deno WebSocket. */
import { Bot, openSocket } from "./bot.ts";
import type { Row } from "./figures.ts";
import type { Seed, Server } from "./product.ts";

/** How many connections are opened at a time. */
const AT_ONCE = 50;

/** Connects every seeded device to `product` and as many sockets to `bare`. */
export async function measureMemory(product: Server, bare: Server, seed: Seed): Promise<Row> {
  const floor = await perConnection(
    bare,
    seed.devices.length,
    () => openSocket(bare.origin.replace("http", "ws"), {}),
  );
  const ours = await perConnection(product, seed.devices.length, (at) => {
    const login = seed.devices[at];
    if (login === undefined) throw new Error("more connections than devices");
    return Bot.connect(product, "device", login, `idle-${at}-bench`);
  });
  return {
    what: `memory of an idle page, ${seed.devices.length} pages on one process`,
    measured: `${(ours / 1024).toFixed(1)} KB`,
    floor: `${(floor / 1024).toFixed(1)} KB (bare WebSocket)`,
    ratio: (ours / floor).toFixed(2),
    reach: "≤ 40 KB",
    reached: ours <= 40 * 1024,
  };
}

async function perConnection(
  server: Server,
  count: number,
  connect: (at: number) => Promise<{ close(): void }>,
): Promise<number> {
  const before = await server.memory();
  const open: { close(): void }[] = [];
  for (let at = 0; at < count; at += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - at);
    open.push(...await Promise.all(Array.from({ length: size }, (_, i) => connect(at + i))));
  }
  const after = await server.memory();
  for (const connection of open) connection.close();
  return (after - before) / count;
}
