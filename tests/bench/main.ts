/**
 * `deno task bench`: one table, everything measured in this run, as ratios to the floor beside it.
 * Names as arguments run only those: latency throughput memory call.
 */
import { measureCall } from "./call.ts";
import { printTable, type Row } from "./figures.ts";
import { commitAndWatch, measureLatency } from "./latency.ts";
import { measureMemory } from "./memory.ts";
import { seed, startBareServer, startProduct } from "./product.ts";
import { measureThroughput } from "./throughput.ts";

const SESSIONS = Number(Deno.env.get("BENCH_SESSIONS") ?? 1000);
/** 20,000, or what this machine lets a process have open, with room for what is not a page. */
const PAGES = Number(Deno.env.get("BENCH_PAGES") ?? Math.min(20_000, await openFiles() - 1_000));
/** Sessions a technician holds: no console is asked to take more frames than a page may send. */
const SESSIONS_A_TECHNICIAN = 10;

const folder = await Deno.makeTempDir({ prefix: "live-support-bench-" });

const measures: Record<string, () => Promise<Row[]>> = {
  async latency() {
    const floor = await commitAndWatch(`${folder}/floor.kv`, 400);
    const path = `${folder}/latency.kv`;
    const people = await seed(path, Math.ceil(SESSIONS / SESSIONS_A_TECHNICIAN), SESSIONS);
    const product = await startProduct(path);
    try {
      return await measureLatency(product, people, floor);
    } finally {
      await product.stop();
    }
  },
  async throughput() {
    return [await measureThroughput(`${folder}/throughput.kv`)];
  },
  async memory() {
    const path = `${folder}/memory.kv`;
    const people = await seed(path, 0, PAGES);
    const [product, bare] = [await startProduct(path), await startBareServer()];
    try {
      return [await measureMemory(product, bare, people)];
    } finally {
      await product.stop();
      await bare.stop();
    }
  },
  async call() {
    return [await measureCall(`${folder}/call`)];
  },
};

const wanted = Deno.args.length > 0 ? Deno.args : Object.keys(measures);
const rows: Row[] = [];
for (const name of wanted) {
  const measure = measures[name];
  if (measure === undefined) throw new Error(`no such figure: ${name}`);
  console.error(`measuring ${name} …`);
  rows.push(...await measure());
}
printTable(rows);
await Deno.remove(folder, { recursive: true });

/** How many files and sockets this machine lets a process have open. */
async function openFiles(): Promise<number> {
  const { stdout } = await new Deno.Command("sh", { args: ["-c", "ulimit -n"] }).output();
  const limit = new TextDecoder().decode(stdout).trim();
  return limit === "unlimited" ? Infinity : Number(limit);
}
