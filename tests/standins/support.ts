import { Builder, type BuildOptions } from "fresh/dev";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createApp } from "./fixture/main.ts";

/** Folder of the fixture app. */
export const FIXTURE: URL = new URL("./fixture/", import.meta.url);

/** The Builder options of the fixture app. */
export function fixtureOptions(): BuildOptions {
  return { root: FIXTURE.href, target: "es2022" };
}

/** Answers requests as `Deno.serve` would have them answered. */
export type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Calls the app as a browser would. */
export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

function toFetch(handler: Handler): Fetch {
  return (path, init) => handler(new Request(new URL(`http://localhost${path}`), init));
}

/** Builds the fixture app in memory. */
export async function buildHandler(): Promise<Handler> {
  const apply = await new Builder(fixtureOptions()).build({ snapshot: "memory" });
  const app = createApp();
  apply(app);
  return app.handler();
}

/** Builds the fixture app in memory; what it returns calls it without a port. */
export async function buildFixture(): Promise<Fetch> {
  return toFetch(await buildHandler());
}

/** An empty folder for a build on disk, apart from those of other tests. */
export async function outputFolder(): Promise<string> {
  const parent = fileURLToPath(new URL("_fresh", FIXTURE));
  await Deno.mkdir(parent, { recursive: true });
  return await Deno.makeTempDir({ dir: parent });
}

/** Builds the fixture app on disk, as for production; gives the folder the build is in. */
export async function buildOnDisk(): Promise<string> {
  const outDir = await outputFolder();
  await new Builder({ ...fixtureOptions(), outDir }).build();
  return outDir;
}

/** Loads the server entry of a build on disk. */
export async function loadFromDisk(folder: string): Promise<Fetch> {
  const address = pathToFileURL(`${folder}/server.js`).href;
  const server: { default: { fetch: Handler } } = await import(address);
  return toFetch(server.default.fetch);
}
