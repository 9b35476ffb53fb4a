/**
 * `deno task networks`: every case of cases.ts in a call of its own, measured for longer than a test
 * may, as the table of docs/NETWORKS.md. Parts of names as arguments run only those.
 */
import { type Case, CASES } from "./cases.ts";
import { FarCall, type Impression } from "./far_call.ts";
import { whyNoLab } from "./lab.ts";

/** How long each network is listened to, in seconds, and how many texts are written each way. */
const [LISTENED, TEXTS] = [30, 15];

interface Measured extends Impression {
  readonly path: string;
}

async function measure({ change, paths }: Case): Promise<Measured> {
  await using call = await FarCall.open();
  const impression = await call.during(change, LISTENED, TEXTS);
  await call.isHeard();
  const path = await call.takes(paths);
  await call.hasAllTexts();
  return { ...impression, path };
}

function row({ name, breaks }: Case, { fromDevice, toDevice, frames, path }: Measured): string {
  const sounds = [fromDevice, toDevice].flatMap(({ share, longestGapMs, concealed }) => [
    `${(share * 100).toFixed(1)} %`,
    `${(longestGapMs / 1000).toFixed(2)} s`,
    `${(concealed * 100).toFixed(1)} %`,
  ]);
  const back = Math.max(fromDevice.recoveredMs, toDevice.recoveredMs);
  const recovered = !breaks ? "" : `${(back / 1000).toFixed(1)} s`;
  return `| ${[name, ...sounds, recovered, frames.toFixed(0), path].join(" | ")} |`;
}

const why = await whyNoLab();
if (why !== null) {
  console.error(why);
  Deno.exit(1);
}
const wanted: readonly Case[] = CASES.filter(({ name }) =>
  Deno.args.length === 0 || Deno.args.some((part) => name.includes(part))
);
console.log(
  "| network | heard ↑ | gap ↑ | guessed ↑ | heard ↓ | gap ↓ | guessed ↓ | again after | frames | path |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
for (const one of wanted) {
  console.error(`measuring: ${one.name} …`);
  console.log(row(one, await measure(one)));
}
