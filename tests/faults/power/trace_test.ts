import { assertEquals, assertThrows } from "@std/assert";
import { Dice } from "../dice.ts";
import { Platter } from "./platter.ts";
import { type Bytes, type Happening, TraceReader } from "./trace.ts";

const LINES = String.raw`
11 openat(AT_FDCWD</x>, "/data/kv", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 5</data/kv>
11 openat(AT_FDCWD</x>, "/elsewhere/kv", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 6</elsewhere/kv>
11 openat(AT_FDCWD</x>, "/data/none", O_RDWR) = -1 ENOENT (No such file or directory)
11 pwrite64(5</data/kv>, "a\0\0012\377\"\\\n", 8, 4096) = 8
12 fsync(5</data/kv> <unfinished ...>
11 pwrite64(5</data/kv>, "b", 1, 0)   = 1
11 sendto(7<TCP:[127.0.0.1:80->127.0.0.1:90]>, "ack", 3, MSG_NOSIGNAL, NULL, 0 <unfinished ...>
12 <... fsync resumed>)                = 0
11 <... sendto resumed>)               = 3
11 writev(8<UNIX-STREAM:[1->2]>, [{iov_base="x", iov_len=1}], 1) = 1
12 fdatasync(5</data/kv>) = 0 (INJECTED)
12 fsync(9</data>) = 0
12 ftruncate(5</data/kv>, 100) = 0
12 unlink("/data/kv") = 0
12 pwrite64(5</data/kv>, "z", 1, 0 <unfinished ...>
12 --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=1, si_uid=0} ---
11 +++ killed by SIGKILL +++`.trim().split("\n");

Deno.test("a trace is read as what happened to the files of one folder, and when it was over", () => {
  const path = "/data/kv";
  const expected: Happening[] = [
    { kind: "create", path },
    { kind: "write", path, offset: 4096, bytes: bytes(97, 0, 1, 50, 255, 34, 92, 10) },
    { kind: "write", path, offset: 0, bytes: bytes(98) },
    { kind: "send" },
    // It began when two things had happened: what came after that it does not hold for.
    { kind: "sync", path, since: 2 },
    { kind: "sync", path: "/data", since: 5 },
    { kind: "resize", path, size: 100 },
    { kind: "remove", path },
  ];
  assertEquals(new TraceReader("/data").read(LINES), expected);
  const reader = new TraceReader("/data");
  assertEquals(LINES.flatMap((line) => reader.read([line])), expected, "also line by line");
});

Deno.test("a trace that leaves bytes out is refused", () => {
  const cut = `11 pwrite64(5</data/kv>, "abc"..., 9, 0) = 9`;
  assertThrows(() => new TraceReader("/data").read([cut]), Error, "cut short");
});

const PATH = "/data/kv";
const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

/** What may be there after these things, over many cuts: each outcome once, as text. */
function outcomes(...happened: readonly Happening[]): string[] {
  const all = SEEDS.map((seed) => {
    const platter = new Platter("/data", new Map());
    for (const one of happened) platter.happen(one);
    const left = [...platter.cut(new Dice(seed))];
    return left.map(([path, held]) => `${path} ${new TextDecoder().decode(held)}`).join();
  });
  return [...new Set(all)].sort();
}

const create: Happening = { kind: "create", path: PATH };

function write(text: string, offset = 0): Happening {
  return { kind: "write", path: PATH, offset, bytes: new TextEncoder().encode(text) };
}

function sync(since: number, path = PATH): Happening {
  return { kind: "sync", path, since };
}

Deno.test("what was synced is there, under a name that was; nothing else is certain", () => {
  const named = [create, sync(1, "/data")];
  assertEquals(outcomes(...named, write("a"), sync(3)), ["/data/kv a"]);
  assertEquals(outcomes(...named, write("a"), write("b")), [
    "/data/kv ",
    "/data/kv a",
    "/data/kv b",
  ]);
  assertEquals(outcomes(...named, write("a"), sync(2)), ["/data/kv ", "/data/kv a"]);
  assertEquals(outcomes(create, write("a"), sync(2)), ["", "/data/kv a"]);
  assertEquals(
    outcomes(...named, write("a"), sync(3), { kind: "remove", path: PATH }),
    ["", "/data/kv a"],
  );
  assertEquals(
    outcomes(...named, write("abc"), sync(3), { kind: "resize", path: PATH, size: 1 }),
    ["/data/kv a", "/data/kv abc"],
  );
});

Deno.test("pages arrive one by one, in any order", () => {
  const two = "x".repeat(4095) + "ab";
  const sizes = outcomes(create, sync(1, "/data"), write(two)).map((text) => text.length - 9);
  assertEquals(sizes.sort((a, b) => a - b), [0, 4096, 4097, 4097]);
});

function bytes(...all: number[]): Bytes {
  return new Uint8Array(all);
}
