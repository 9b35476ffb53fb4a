// In the browser bundle the builder replaces this module by one that exports the build's constant.
import { createHash } from "node:crypto";

/** Set where the platform deploys a prepared build; there an app without one must not start. */
export const DEPLOYMENT_ID: string | undefined = Deno.env.get("DENO_DEPLOYMENT_ID");

const source = DEPLOYMENT_ID || Deno.env.get("GITHUB_SHA") || Deno.env.get("CI_COMMIT_SHA") ||
  crypto.randomUUID();

/** Names one build: part of every script's address and of every `asset()` link. */
export let BUILD_ID: string = createHash("sha1").update(source).digest("hex");

/** Adopts the id of the build that is being served. */
export function setBuildId(id: string): void {
  BUILD_ID = id;
}
