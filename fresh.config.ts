// The project's own options, imported by main.ts and dev.ts: Fresh 2 reads no config file itself.
import type { FreshConfig } from "fresh";
import type { BuildOptions } from "fresh/dev";

/** What `new App()` in main.ts is given. */
export const appConfig: FreshConfig = {};

/** What `new Builder()` in dev.ts is given: modern browsers only, islands in `islands/`. */
export const buildOptions: BuildOptions = { target: "es2022" };
