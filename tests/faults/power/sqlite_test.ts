/** Whether cutting the power finds a database that says too early that it is done: SQLite can be told to. */
import { assert } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { within } from "../../support/waiting.ts";
import { Dice } from "../dice.ts";
import { CAN_CUT, LIES, Power } from "./power.ts";

const WRITER = fileURLToPath(import.meta.resolve("./writer.ts"));
/** What was said to be done when it is killed, at least. */
const ROWS = 40;

/** How many rows were said to be there when the power was cut, and how many are. */
async function rows(synchronous: string, how: readonly string[] = []) {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "live-support-power-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.mkdir(`${folder}/database`);
  const path = `${folder}/database/rows.sqlite`;
  const power = await Power.of(`${folder}/database`, `${folder}/strace`, how);
  const listener = stack.use(Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const [command = "", ...before] = power.before;
  const args = ["run", "-A", "--no-config", WRITER, path, `${listener.addr.port}`, synchronous];
  const writer = new Deno.Command(command, { args: [...before, Deno.execPath(), ...args] }).spawn();
  stack.defer(() => {
    try {
      writer.kill("SIGKILL");
    } catch {
      // It has ended.
    }
  });
  const socket = stack.use(await within("the writer connects", listener.accept()));
  let said = 0;
  const buffer = new Uint8Array(1);
  while (said < ROWS) said += await within("a row is written", socket.read(buffer)) ?? 0;
  writer.kill("SIGKILL");
  await writer.status;
  await power.cut(new Dice(said), writer.pid);
  return { said, there: held(path) };
}

function held(path: string): number {
  using database = new DatabaseSync(path);
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE name = 'row'").all();
  return tables.length === 0 ? 0 : database.prepare("SELECT n FROM row").all().length;
}

Deno.test({
  name: "cutting the power finds what was not on the disk, and nothing else",
  ignore: !CAN_CUT,
  async fn() {
    const [honest, hasty, deceived] = await Promise.all([
      rows("FULL"),
      rows("OFF"),
      rows("FULL", LIES),
    ]);
    assert(honest.there >= honest.said, `${honest.there} rows of ${honest.said}`);
    assert(hasty.there < hasty.said, "without syncs, rows are lost");
    assert(deceived.there < deceived.said, "on a disk that only says so, rows are lost");
  },
});
