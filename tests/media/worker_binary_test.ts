/** Obtaining the worker: once per machine, from the first source that gives one that works. */
import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { cacheKey, defaultCacheFolder, systemName } from "../../media/obtain/cache.ts";
import { ninjaProgress } from "../../media/obtain/built.ts";
import { aptProgress } from "../../media/obtain/packages.ts";
import { type Progress, progressLine } from "../../media/obtain/progress.ts";
import type { Source } from "../../media/obtain/source.ts";
import { obtainWorker, workerKey } from "../../media/worker_binary.ts";

/** A folder that is gone after the test. */
class Folder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  static async make(): Promise<Folder> {
    return new Folder(await Deno.makeTempDir({ prefix: "live-support-worker-" }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

/** A source that counts, and writes `content`. */
function source(content: string, counter = { count: 0 }): Source & { counter: { count: number } } {
  const write: Source = async ({ folder, report }) => {
    counter.count++;
    report("building", 0.5);
    const bin = `${folder}/made`;
    await Deno.writeTextFile(bin, content);
    return { bin };
  };
  return Object.assign(write, { counter });
}

const works = () => Promise.resolve();

Deno.test("a worker is made once and found again", async () => {
  await using cache = await Folder.make();
  const made = source("worker");
  const options = { cacheFolder: cache.path, sources: [made], check: works };
  const heard: Progress[] = [];
  const first = await obtainWorker(options, (progress) => heard.push(progress));
  assertEquals(await Deno.readTextFile(first), "worker");
  assert(heard.every(({ progress }, i) => progress >= (heard[i - 1]?.progress ?? 0)));
  assert(heard.length > 0 && heard.every(({ progress }) => progress >= 0 && progress <= 1));
  assertEquals(await obtainWorker(options), first);
  assertEquals(made.counter.count, 1);
});

Deno.test("of several that want a worker at once, one makes it", async () => {
  await using cache = await Folder.make();
  const made = source("worker");
  const options = { cacheFolder: cache.path, sources: [made], check: works };
  const paths = await Promise.all([1, 2, 3].map(() => obtainWorker(options)));
  assertEquals(new Set(paths).size, 1);
  assertEquals(made.counter.count, 1);
});

Deno.test("a source that has none, or one that does not work, gives way to the next", async () => {
  await using cache = await Folder.make();
  const none: Source = () => Promise.resolve({ problem: "none here" });
  const [bad, good] = [source("bad"), source("good")];
  const path = await obtainWorker({
    cacheFolder: cache.path,
    sources: [none, bad, good],
    check: async (bin) => {
      if (await Deno.readTextFile(bin) === "bad") throw new Error("crashes");
    },
  });
  assertEquals(await Deno.readTextFile(path), "good");
});

Deno.test("where there is no way, the last reason is told and nothing is left behind", async () => {
  await using cache = await Folder.make();
  const none: Source = () => Promise.resolve({ problem: "Run: apt-get install something" });
  const options = { cacheFolder: cache.path, sources: [source("bad"), none] };
  const check = () => Promise.reject(new Error("crashes"));
  await assertRejects(
    () => obtainWorker({ ...options, check }),
    Error,
    "Run: apt-get install something",
  );
  const left = await Array.fromAsync(Deno.readDir(`${cache.path}/${await workerKey()}`));
  assertEquals(left.map(({ name }) => name), ["lock"]);
});

Deno.test("what a crash left behind is no hindrance", async () => {
  await using cache = await Folder.make();
  const scratch = `${cache.path}/${await workerKey()}/scratch`;
  await Deno.mkdir(`${scratch}/half/done`, { recursive: true });
  const options = { cacheFolder: cache.path, sources: [source("worker")], check: works };
  await obtainWorker(options);
  await assertRejects(() => Deno.stat(scratch), Deno.errors.NotFound);
});

Deno.test("a process waits for the one that is at it, and takes over when that dies", async () => {
  await using cache = await Folder.make();
  const folder = `${cache.path}/${await workerKey()}`;
  await Deno.mkdir(folder);
  const script = decodeURIComponent(new URL("lock_holder.ts", import.meta.url).pathname);
  const args = ["run", "-A", script, `${folder}/lock`];
  const holder = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
  const reader = holder.stdout.getReader();
  await reader.read();
  const waited = Promise.withResolvers<Progress>();
  const made = source("worker");
  const options = { cacheFolder: cache.path, sources: [made], check: works };
  const obtained = obtainWorker(options, waited.resolve);
  assertEquals(await waited.promise, { step: "waiting", progress: 0.5 });
  assertEquals(made.counter.count, 0);
  holder.kill("SIGKILL");
  await obtained;
  assertEquals(made.counter.count, 1);
  await holder.status;
  await reader.cancel();
});

Deno.test("waiting and making stop when they are told to", async () => {
  await using cache = await Folder.make();
  const stop = new AbortController();
  const never: Source = ({ signal }) => {
    signal?.throwIfAborted();
    return new Promise((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason)));
  };
  const options = { cacheFolder: cache.path, sources: [never], signal: stop.signal };
  // One of them makes it for ever, the other one waits and says so.
  const both = [1, 2].map(() => obtainWorker(options, () => stop.abort()));
  const results = await Promise.allSettled(both);
  assertEquals(results.map(({ status }) => status), ["rejected", "rejected"]);
});

Deno.test("MEDIASOUP_WORKER_BIN is taken as it is, and told when it is not there", async () => {
  await using folder = await Folder.make();
  const bin = `${folder.path}/given`;
  await assertRejects(
    () => obtainWorker({ bin }),
    Error,
    `names ${bin}, and there is no such file`,
  );
  await Deno.writeTextFile(bin, "");
  assertEquals(await obtainWorker({ bin }), bin);
});

Deno.test("the cache key changes with version, recipe and system, and with nothing else", async () => {
  await using folder = await Folder.make();
  const recipe = new URL(`file://${folder.path}/`);
  await Deno.mkdir(`${folder.path}/shims`);
  await Deno.writeTextFile(`${folder.path}/shims/a.h`, "a");
  await Deno.writeTextFile(`${folder.path}/build.sh`, "b");
  const key = await cacheKey("1.2.3", recipe, "debian-12-x86_64");
  assertEquals(await cacheKey("1.2.3", recipe, "debian-12-x86_64"), key);
  assertNotEquals(await cacheKey("1.2.4", recipe, "debian-12-x86_64"), key);
  assertNotEquals(await cacheKey("1.2.3", recipe, "debian-13-x86_64"), key);
  await Deno.writeTextFile(`${folder.path}/README.md`, "words");
  assertEquals(await cacheKey("1.2.3", recipe, "debian-12-x86_64"), key);
  await Deno.writeTextFile(`${folder.path}/shims/a.h`, "A");
  assertNotEquals(await cacheKey("1.2.3", recipe, "debian-12-x86_64"), key);
});

Deno.test("systems are told apart by release and processor", () => {
  const pc = { os: "linux", arch: "x86_64" };
  const debian = 'PRETTY_NAME="Debian"\nID=debian\nVERSION_ID="12"\n';
  assertEquals(systemName(debian, pc), "debian-12-x86_64");
  assertEquals(systemName("ID=debian\nVERSION_CODENAME=sid\n", pc), "debian-sid-x86_64");
  assertEquals(systemName("", { os: "darwin", arch: "aarch64" }), "darwin-rolling-aarch64");
  assertEquals(systemName("ID=../../x\n", pc), ".._.._x-rolling-x86_64");
});

Deno.test("the cache is the user's own", () => {
  const from = (env: Record<string, string>) => defaultCacheFolder((name) => env[name]);
  assertEquals(from({ XDG_CACHE_HOME: "/c", HOME: "/h" }), "/c/live-support");
  assertEquals(from({ HOME: "/h" }), "/h/.cache/live-support");
  assertThrows(() => from({}), Error, "MEDIASOUP_WORKER_BIN");
});

Deno.test("progress is read from ninja and apt-get", () => {
  assertEquals(ninjaProgress("[12/48] Compiling C++ object a.o"), 0.25);
  assertEquals(ninjaProgress("ninja: Entering directory"), null);
  assertEquals(aptProgress("dlstatus:1:50.0000:Retrieving file 1 of 3"), 0.25);
  assertEquals(aptProgress("pmstatus:libuv1-dev:50.0000:Unpacking"), 0.75);
  assertEquals(aptProgress("pmstatus:libc6:amd64:100.0000:Installed"), 1);
  assertEquals(aptProgress("Reading package lists..."), null);
});

Deno.test("progress is one line on a terminal and a few lines elsewhere", () => {
  for (const terminal of [true, false]) {
    let text = "";
    const sink = {
      isTerminal: () => terminal,
      writeSync: (bytes: Uint8Array) => (text += new TextDecoder().decode(bytes)).length,
    };
    const line = progressLine(sink);
    for (let percent = 0; percent <= 100; percent++) {
      line.report({ step: "building", progress: percent / 100 });
    }
    line.end();
    const newlines = text.split("\n").length - 1;
    assertEquals(newlines, terminal ? 0 : 5);
    assert(text.includes("(50 %)"));
    if (terminal) assert(text.endsWith("\r\x1b[K"), "the line is wiped in the end");
  }
});
