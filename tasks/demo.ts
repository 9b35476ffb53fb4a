/**
 * `deno task demo`: Live Support in memory, with a technician, three devices and links that sign in.
 * `--json` prints the links as one line of JSON on standard output, everything else beside it.
 */
import type { Demo } from "../auth/demo.ts";
import { orSayWhy, serve } from "./serve.ts";

/** The links of a demo, as `--json` prints them. */
interface DemoLinks {
  technician: string;
  devices: { name: string; url: string }[];
}

function linksOf(demo: Demo, url: string): DemoLinks {
  const links: DemoLinks = { technician: "", devices: [] };
  for (const [token, entry] of demo.entries) {
    const link = `${url}/demo/${token}`;
    if (entry.kind === "technician") links.technician = link;
    else links.devices.push({ name: entry.name, url: link });
  }
  return links;
}

function print({ technician, devices }: DemoLinks): void {
  console.log("The demo is running; it forgets everything at Ctrl-C. Open in this order:\n");
  console.log(`  The technician's console  ${technician}`);
  for (const { name, url } of devices) console.log(`  ${name.padEnd(24)}  ${url}`);
  console.log(
    "\nA browser window is one device at a time: open further devices in private windows. Then press " +
      "“Start session” in the console.",
  );
}

await orSayWhy(async () => {
  Deno.env.set("DEMO", "on");
  Deno.env.set("DATA_DIR", ":memory:");
  for (const name of ["DENO_KV_PATH", "ADMIN_EMAIL", "ADMIN_PASSWORD"]) Deno.env.delete(name);
  const { url } = await serve((line) => console.error(line));
  const { services: { demo } } = await import("../main.ts");
  if (demo === null) throw new TypeError("DEMO is on, so main.ts makes a demo");
  const links = linksOf(demo, url);
  if (Deno.args.includes("--json")) console.log(JSON.stringify(links));
  else print(links);
});
