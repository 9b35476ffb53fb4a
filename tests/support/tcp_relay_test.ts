/** The bad network of tests/faults is as bad as it says, and no worse. */
import { assertEquals, assertRejects } from "@std/assert";
import { TcpRelay } from "./tcp_relay.ts";

/** A server that says back what it hears. */
function echo(): Deno.TcpListener {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  void (async () => {
    for await (const line of listener) line.readable.pipeTo(line.writable).catch(() => {});
  })();
  return listener;
}

async function open(relay: TcpRelay): Promise<Deno.TcpConn> {
  return await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(relay.origin).port) });
}

async function ask(line: Deno.TcpConn, text: string): Promise<string> {
  await line.write(new TextEncoder().encode(text));
  const bytes = new Uint8Array(100);
  const read = await line.read(bytes);
  return new TextDecoder().decode(bytes.subarray(0, read ?? 0));
}

Deno.test("a relay passes on, late where it is told so, and resets on demand", async () => {
  using server = echo();
  await using relay = await TcpRelay.open(server.addr.port);
  using line = await open(relay);
  assertEquals(await ask(line, "hello"), "hello");
  relay.delay = 30;
  const started = performance.now();
  assertEquals(await ask(line, "late"), "late");
  assertEquals(performance.now() - started >= 60, true);
  relay.delay = 0;
  relay.rate = 8_000;
  const slow = performance.now();
  assertEquals(await ask(line, "x".repeat(50)), "x".repeat(50));
  assertEquals(performance.now() - slow >= 95, true, "50 ms each way");
  relay.rate = Infinity;
  relay.cut();
  await assertRejects(() => ask(line, "gone"));
});

Deno.test("a relay lets what was left behind arrive after what came later", async () => {
  const heard: string[] = [];
  using server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const both = Promise.withResolvers<void>();
  void (async () => {
    for await (const line of server) {
      void (async () => {
        for await (const bytes of line.readable) heard.push(new TextDecoder().decode(bytes));
        if (heard.length === 2) both.resolve();
      })().catch(both.reject);
    }
  })();
  await using relay = await TcpRelay.open(server.addr.port);
  using before = await open(relay);
  relay.holdBack(100);
  await before.write(new TextEncoder().encode("before"));
  await new Promise((done) => setTimeout(done, 20));
  relay.leaveBehind();
  await assertRejects(() => ask(before, "gone"));
  {
    using after = await open(relay);
    await after.write(new TextEncoder().encode("after"));
  }
  await both.promise;
  assertEquals(heard, ["after", "before"]);
});

Deno.test("a relay cuts in the middle of what passes", async () => {
  using server = echo();
  await using relay = await TcpRelay.open(server.addr.port);
  using line = await open(relay);
  assertEquals(await ask(line, "hello"), "hello");
  relay.cutAfter(8);
  const heard = await ask(line, "123456").catch(() => "reset");
  assertEquals(["12", "reset"].includes(heard), true, heard);
});

Deno.test("a connection that is forgotten is silent, and a new one is not", async () => {
  using server = echo();
  await using relay = await TcpRelay.open(server.addr.port);
  const line = await open(relay);
  assertEquals(await ask(line, "hello"), "hello");
  relay.forget();
  let heard = "nothing";
  const silent = ask(line, "anybody?").then((text) => heard = text, () => {});
  using next = await open(relay);
  assertEquals(await ask(next, "hello"), "hello");
  assertEquals(heard, "nothing");
  line.close();
  await silent;
});
