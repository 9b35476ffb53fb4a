import { assertEquals } from "@std/assert";
import { buildHandler } from "./support.ts";

const handler = await buildHandler();

/** Opens a socket, sends one message and returns what comes in until `count` messages are there. */
async function talk(address: string, count: number): Promise<unknown[]> {
  const socket = new WebSocket(address);
  const messages: unknown[] = [];
  const done = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  socket.onopen = () => socket.send("ping");
  socket.onerror = () => done.reject(new Error("socket failed"));
  socket.onclose = () => closed.resolve();
  socket.onmessage = ({ data }) => {
    if (messages.push(data) === count) done.resolve();
  };
  await done.promise;
  socket.close();
  await closed.promise;
  return messages;
}

Deno.test("upgrade() hands over the socket, or calls handlers", async () => {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, handler);
  const address = `ws://127.0.0.1:${server.addr.port}/api/socket`;
  assertEquals(await talk(address, 2), ["hello", "managed ping"]);
  assertEquals(await talk(`${address}?bare`, 1), ["bare ping"]);
  await server.shutdown();
});

Deno.test("upgrade() refuses what is not a WebSocket request with 400", async () => {
  const response = await handler(new Request("http://localhost/api/socket"));
  assertEquals(response.status, 400);
});
