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
import { ensureTurnServer } from "./turn_server.ts";

const ROOT = new URL("../", import.meta.url);

/** All tests take a third of this on two cores; a test that hangs must not keep its result from being read. */
const LIMIT_MINUTES = 45;

async function deno(...args: string[]): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stdin: "null" }).spawn();
  const overdue = setTimeout(() => {
    console.error(`Stopped after ${LIMIT_MINUTES} minutes: what began last hangs.`);
    child.kill("SIGKILL");
  }, LIMIT_MINUTES * 60_000);
  const { success } = await child.status;
  clearTimeout(overdue);
  return success;
}

/** Runs the tests; their results as JUnit XML, which is empty where they could not even start. */
async function runTests(args: string[]): Promise<{ success: boolean; results: string }> {
  const results = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const where = args.some((argument) => /^[^-].*\/|_test\.tsx?$/.test(argument))
      ? []
      : ["tests/"];
    const success = await deno(
      // Types are the business of `deno task check`.
      ...["test", "-A", "--no-check", "--unstable-kv", "--preload=tests/support/time_limit.ts"],
      `--junit-path=${results}`,
      ...args,
      ...where,
    );
    return { success, results: await Deno.readTextFile(results) };
  } finally {
    await Deno.remove(results);
  }
}

/** Adds up the `<testsuites>` element that `deno test` writes. */
function summarize(results: string, success: boolean): { passed: number; failed: number } {
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
    await ensureWorker();
    if (!await isBuilt() && !await deno("task", "build")) return { passed: 0, failed: 1 };
    const { success, results } = await runTests(Deno.args);
    return summarize(results, success);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

const { passed, failed } = await testAll();
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(failed === 0 ? 0 : 1);
