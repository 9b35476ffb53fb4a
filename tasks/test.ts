/**
 * `deno task test`: installs what the tests need, builds the client, runs all tests. The last line
 * is always `N passed, N failed`. Arguments go to `deno test`; a path among them replaces "tests/".
 */
import { progressLine } from "../media/obtain/progress.ts";
import { obtainWorker } from "../media/worker_binary.ts";
import { isBuilt } from "./build_note.ts";
import { ensureChromium } from "./chromium.ts";
import { ensureFakeClock } from "./fake_clock.ts";
import { ensureNetworkTools } from "./network_tools.ts";
import { ensureTracer } from "./tracer.ts";
import { ensureTurnServer } from "./turn_server.ts";

const ROOT = new URL("../", import.meta.url);

/** All tests take a fourth of this on two cores; a test that hangs must not keep its result from being read. */
const LIMIT_MINUTES = 45;

/**
 * What runs side by side: tests wait half of their time, for browsers, leases and networks. Each lane
 * is a process of its own, because tests set the environment and listen to signals.
 */
const LANES = [
  { name: "e2e ", where: ["tests/e2e/"] },
  { name: "rest", where: ["tests/", "--ignore=tests/e2e/"] },
];

interface Result {
  success: boolean;
  /** JUnit XML, empty where the tests could not even start. */
  results: string;
}

/** Runs Deno; with a name its output comes line by line, each with the name before it. */
async function deno(args: string[], name?: string): Promise<boolean> {
  const outlet = name ? "piped" : "inherit";
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    stdin: "null",
    stdout: outlet,
    stderr: outlet,
  }).spawn();
  const overdue = setTimeout(() => {
    console.error(`Stopped after ${LIMIT_MINUTES} minutes: what began last hangs.`);
    child.kill("SIGKILL");
  }, LIMIT_MINUTES * 60_000);
  const output = name
    ? Promise.all([child.stdout, child.stderr].map((stream) => passOn(stream, name)))
    : undefined;
  const { success } = await child.status;
  clearTimeout(overdue);
  // What a test left running may hold the output open: that is not waited for.
  await Promise.race([output, new Promise((resolve) => setTimeout(resolve, 2_000))]);
  return success;
}

async function passOn(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  name: string,
): Promise<void> {
  let unfinished = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (unfinished + text).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) console.log(`${name} ${line}`);
  }
  if (unfinished) console.log(`${name} ${unfinished}`);
}

async function runTests(args: string[], name?: string): Promise<Result> {
  const results = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const success = await deno([
      // Types are the business of `deno task check`.
      ...["test", "-A", "--no-check", "--unstable-kv", "--preload=tests/support/time_limit.ts"],
      `--junit-path=${results}`,
      ...args,
    ], name);
    return { success, results: await Deno.readTextFile(results) };
  } finally {
    await Deno.remove(results);
  }
}

/** All tests in lanes; or what the arguments name, alone. */
function runAll(args: string[]): Promise<Result[]> {
  const named = args.some((argument) => /^[^-].*\/|_test\.tsx?$/.test(argument));
  return Promise.all(
    named ? [runTests(args)] : LANES.map(({ name, where }) => runTests([...where, ...args], name)),
  );
}

/** Adds up the `<testsuites>` element that `deno test` writes. */
function summarize({ results, success }: Result): { passed: number; failed: number } {
  const count = (attribute: string) =>
    [...results.matchAll(new RegExp(`<testsuite [^>]*\\b${attribute}="(\\d+)"`, "g"))]
      .reduce((sum, [, number]) => sum + Number(number), 0);
  const failed = count("failures") + count("errors");
  const passed = count("tests") - failed - count("disabled");
  // A file that does not compile, or a crash, fails without a test that does.
  return { passed, failed: success ? failed : Math.max(1, failed) };
}

/** Gets the media worker before the tests wait for it, and shows how far it is. */
async function ensureWorker(): Promise<void> {
  const bin = Deno.env.get("MEDIASOUP_WORKER_BIN");
  const { report, end } = progressLine();
  try {
    await obtainWorker(bin ? { bin } : {}, report);
  } finally {
    end();
  }
}

async function testAll(): Promise<{ passed: number; failed: number }> {
  try {
    await ensureChromium((line) => console.error(line));
    await ensureTurnServer((line) => console.error(line));
    await ensureFakeClock((line) => console.error(line));
    await ensureNetworkTools((line) => console.error(line));
    await ensureTracer((line) => console.error(line));
    await ensureWorker();
    if (!await isBuilt() && !await deno(["task", "build"])) return { passed: 0, failed: 1 };
    const lanes = (await runAll(Deno.args)).map(summarize);
    return {
      passed: lanes.reduce((sum, { passed }) => sum + passed, 0),
      failed: lanes.reduce((sum, { failed }) => sum + failed, 0),
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

const { passed, failed } = await testAll();
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(failed === 0 ? 0 : 1);
