/** What kv_connect.ts makes of answers that are lost and connections that die, without a server. */
import { assert, assertEquals } from "@std/assert";
import { KvConnect } from "../../store/kv_connect.ts";
import { WatchConnections } from "../../store/watch_connections.ts";
import { watchKeys } from "../../store/watch.ts";
import { gate, overlay } from "../actors/world.ts";
import { until } from "../support/waiting.ts";

/** What Deno's client does where an answer is lost: asks again, a moment later. */
function losesAnswers(kv: Deno.Kv, applied: () => void, again: Promise<void>): Deno.Kv {
  const twice = async <T>(ask: () => Promise<T>) => {
    await ask();
    applied();
    await again;
    return await ask();
  };
  return overlay(kv, {
    set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) =>
      twice(() => kv.set(key, value, options)),
    delete: (key: Deno.KvKey) => twice(() => kv.delete(key)),
    atomic() {
      const op = kv.atomic();
      const commit = op.commit.bind(op);
      op.commit = () => twice(commit);
      return op;
    },
  });
}

Deno.test("a write whose answer was lost is not done again over what others wrote since", async () => {
  const write: Readonly<Record<string, (kv: Deno.Kv) => Promise<unknown>>> = {
    set: (kv) => kv.set(["key"], "before"),
    delete: (kv) => kv.delete(["key"]),
    commit: (kv) => kv.atomic().set(["key"], "before").commit(),
  };
  for (const [name, act] of Object.entries(write)) {
    using kv = await Deno.openKv(":memory:");
    const [applied, again] = [gate(), gate()];
    const lossy = losesAnswers(kv, applied.open, again.opened);
    const connected = new KvConnect(() => Promise.resolve(lossy), lossy);
    const acting = act(connected);
    await applied.opened;
    await kv.set(["key"], "since");
    again.open();
    await acting;
    assertEquals((await kv.get(["key"])).value, "since", name);
  }
});

Deno.test("watches on a connection that died without a word are opened anew on another one", async () => {
  using kv = await Deno.openKv(":memory:");
  let dead = false;
  const connect = () => {
    const born = dead;
    // The first one: it opened, and then nothing came any more.
    const silent = () => !born && dead;
    return Promise.resolve(overlay(kv, {
      get: <T>(key: Deno.KvKey) => silent() ? new Promise<never>(() => {}) : kv.get<T>(key),
      watch: <T extends readonly unknown[]>(keys: readonly [...{ [K in keyof T]: Deno.KvKey }]) => {
        type Entries = { [K in keyof T]: Deno.KvEntryMaybe<T[K]> };
        return kv.watch<T>(keys).pipeThrough(
          new TransformStream<Entries, Entries>({
            transform(entries, controller) {
              if (!silent()) controller.enqueue(entries);
            },
          }),
        );
      },
      close() {},
    }));
  };
  const watches = new WatchConnections(connect, { everyMs: 20, patienceMs: 20, renewMs: Infinity });
  const rang: unknown[] = [];
  const stop = watchKeys(
    overlay(kv, { watch: watches.watch.bind(watches) }),
    [["key"]],
    ([entry]) => rang.push(entry?.value),
  );
  await kv.set(["key"], 1);
  await until("it rings", () => rang, (all) => all.includes(1));
  dead = true;
  await kv.set(["key"], 2);
  await until("it rings again", () => rang, (all) => all.includes(2));
  stop();
  watches.close();
  assert(watches.size === 0);
});

Deno.test("watches change to a new connection now and then, and miss nothing", async () => {
  using kv = await Deno.openKv(":memory:");
  let connections = 0;
  const connect = () => {
    connections++;
    return Promise.resolve(overlay(kv, { close() {} }));
  };
  const watches = new WatchConnections(connect, { everyMs: 10, patienceMs: 5_000, renewMs: 0 });
  let rang: unknown = null;
  const stop = watchKeys(
    overlay(kv, { watch: watches.watch.bind(watches) }),
    [["key"]],
    ([entry]) => rang = entry?.value,
  );
  for (let change = 1; connections < 3; change++) {
    await kv.set(["key"], change);
    await until("it rings", () => rang, (value) => value === change);
  }
  stop();
  watches.close();
});
