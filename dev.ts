/** The client: `deno task build` builds it into _fresh/, `deno task dev` serves and rebuilds it. */
import { Builder } from "fresh/dev";
import { readConfig } from "./config.ts";
import { buildOptions } from "./fresh.config.ts";
import { noteBuild } from "./tasks/build_note.ts";

const builder = new Builder(buildOptions);
if (Deno.args.includes("build")) {
  await builder.build();
  await noteBuild();
} else {
  const read = readConfig(Deno.env.toObject());
  // Mistakes in the settings: main.ts says them.
  const { port, host: hostname } = read.ok ? read.config : { port: 8000, host: "127.0.0.1" };
  await builder.listen(() => import("./main.ts"), { port, hostname });
}
