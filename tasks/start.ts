/** `deno task start`: builds what is missing, runs Live Support and says where. */
import { VERSION } from "../config.ts";
import { orSayWhy, type Running, serve } from "./serve.ts";

/** This computer's addresses in its networks, as URLs. */
function networkUrls({ config, url }: Running): string[] {
  if (config.publicUrl !== null || config.host !== "0.0.0.0") return [];
  const { protocol, port } = new URL(url);
  return Deno.networkInterfaces()
    .filter(({ family, address }) => family === "IPv4" && !/^(127|169\.254)\./.test(address))
    .map(({ address }) => new URL(`${protocol}//${address}:${port}`).origin);
}

function announce(running: Running): void {
  console.log(`Live Support ${VERSION} is running. Stop it with Ctrl-C.`);
  console.log(`  ${running.url}`);
  const urls = networkUrls(running);
  for (const url of urls) console.log(`  ${url}`);
  if (urls.length > 0 && running.config.tls === null) {
    console.log(
      "  Other devices can write there. For calls their browsers need HTTPS: set TLS_CERT and TLS_KEY.",
    );
  }
}

await orSayWhy(async () => announce(await serve((line) => console.log(line))));
