/** The product under measurement: a data folder seeded with people and devices, a real process on it. */
import { fileURLToPath } from "node:url";
import { newHashedToken } from "../../auth/tokens.ts";
import { DEVICE_COOKIE, TECHNICIAN_COOKIE } from "../../auth/cookies.ts";
import { openKv } from "../../store/kv.ts";
import { openStores, type Stores } from "../../store/mod.ts";
import { peopleKeys } from "../../store/keys.ts";

/** Who a bot is: the cookie it sends. */
export interface Login {
  readonly id: string;
  readonly cookie: string;
}

/** What the seeded store holds. */
export interface Seed {
  readonly technicians: readonly Login[];
  readonly devices: readonly Login[];
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Fills a new database at `path`. */
export async function seed(path: string, technicians: number, devices: number): Promise<Seed> {
  const kv = await openKv(path);
  const stores = openStores(kv);
  const now = Date.now();
  const seeded = {
    technicians: await inOrder(technicians, (at) => addTechnician(kv, stores, at, now)),
    devices: await inOrder(devices, (at) => addDevice(stores, at, now)),
  };
  kv.close();
  return seeded;
}

async function addTechnician(kv: Deno.Kv, stores: Stores, at: number, now: number): Promise<Login> {
  const id = `technician-${at}`;
  await kv.set(peopleKeys.technician(id), {
    id,
    name: `Technician ${at}`,
    email: `${id}@bench.invalid`,
    role: "technician",
    createdAt: now,
  });
  const { token, hash } = await newHashedToken();
  await stores.signIns.create(hash, id, now);
  return { id, cookie: `${TECHNICIAN_COOKIE}=${token}` };
}

async function addDevice(stores: Stores, at: number, now: number): Promise<Login> {
  const { id } = await stores.devices.create(`Device ${at}`, now);
  await stores.devices.markInstalled(id, now);
  const { token, hash } = await newHashedToken();
  await stores.enrollments.bind(id, hash);
  return { id, cookie: `${DEVICE_COOKIE}=${token}` };
}

async function inOrder<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let at = 0; at < count; at++) made.push(await make(at));
  return made;
}

/** A server process. */
export interface Server {
  readonly origin: string;
  /** Resident memory now, in bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the product on `path`; calls are off unless `environment` says otherwise. */
export function startProduct(
  path: string,
  environment: Record<string, string> = {},
): Promise<Server> {
  return startServer(["run", "-A", "--unstable-kv", "tasks/start.ts"], {
    DENO_KV_PATH: path,
    HOST: "127.0.0.1",
    PORT: "0",
    MEDIA: "off",
    ...environment,
  });
}

/** Starts a bare Deno WebSocket server, the floor of memory. */
export function startBareServer(): Promise<Server> {
  return startServer(["run", "-A", fileURLToPath(import.meta.resolve("./bare_server.ts"))], {});
}

/** Runs Deno with `args`; ready once it prints an address. */
async function startServer(args: string[], env: Record<string, string>): Promise<Server> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env,
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const origin = await firstAddress(child.stdout);
  return {
    origin,
    memory: () => residentMemory(child.pid),
    async stop() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

/** Reads what the server prints until an address is in it; drains the rest. */
async function firstAddress(stdout: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const [head, rest] = stdout.tee();
  rest.pipeTo(new WritableStream());
  let seen = "";
  for await (const text of head.pipeThrough(new TextDecoderStream())) {
    seen += text;
    const port = /http:\/\/[^\s:/]+:(\d+)/.exec(seen)?.[1];
    if (port !== undefined) return `http://127.0.0.1:${port}`;
  }
  throw new Error(`the server printed no address:\n${seen}`);
}

async function residentMemory(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const kib = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
  if (kib === undefined) throw new Error("no VmRSS: this figure needs Linux");
  return Number(kib) * 1024;
}
