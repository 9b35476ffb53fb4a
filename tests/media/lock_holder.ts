/** Takes the lock on a file, says so, reports half the way and never lets go: run and killed by a test. */
import { takeLock } from "../../media/obtain/lock.ts";

const [path = ""] = Deno.args;
const lock = await takeLock(path, () => {});
lock.report({ step: "building", progress: 0.5 });
console.log("held");
setInterval(() => {}, 1_000_000);
