/** What the tests in network namespaces need: iproute2 (ip, tc, ss) and nftables (nft). */
import { aptInstall, ensureProgram, findProgram, type SystemProgram } from "./system_package.ts";

const TOOLS: readonly SystemProgram[] = [
  {
    what: "iproute2, which makes networks,",
    variable: "IP_BIN",
    names: ["ip"],
    install: aptInstall("iproute2"),
  },
  {
    what: "nftables, which filters packets,",
    variable: "NFT_BIN",
    names: ["nft"],
    install: aptInstall("nftables"),
  },
];

/** Whether all of them are there. */
export async function hasNetworkTools(): Promise<boolean> {
  const found = await Promise.all(TOOLS.map(findProgram));
  return !found.includes(null);
}

/**
 * Installs those that are missing where this user may make networks at all: only root may. Where it
 * cannot be done, `say` hears why, and the tests that need them are skipped.
 */
export async function ensureNetworkTools(say: (line: string) => void): Promise<void> {
  if (Deno.uid() !== 0) return;
  for (const tool of TOOLS) {
    await ensureProgram(tool, say).catch((error: Error) => say(error.message));
  }
}
