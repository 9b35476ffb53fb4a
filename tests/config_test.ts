import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { localUrl, readConfig } from "../config.ts";
import { SETTINGS } from "../settings.ts";

function problems(env: Record<string, string>): readonly string[] {
  const read = readConfig(env);
  return read.ok ? [] : read.problems;
}

function config(env: Record<string, string>) {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.problems.join("\n"));
  return read.config;
}

Deno.test("without any setting, a newcomer gets a server on port 8000 with calls", () => {
  const { port, host, kvPath, ringFor, media, tls, publicUrl, demo } = config({});
  assertEquals({ port, host, kvPath, ringFor, tls, publicUrl, demo }, {
    port: 8000,
    host: "0.0.0.0",
    kvPath: "./data/live-support.kv",
    ringFor: 60_000,
    tls: null,
    publicUrl: null,
    demo: false,
  });
  assertEquals(media.kind, "local");
  assertEquals(media.kind === "local" && media.node.listen.port, 44_444);
});

Deno.test("every mistake is said at once, each in a sentence that names the setting", () => {
  const wrong = {
    PORT: "eighty",
    TLS_CERT: "cert.pem",
    PUBLIC_URL: "support.example.org/x",
    TRUST_PROXY: "yes",
    ADMIN_EMAIL: "nobody",
    ADMIN_PASSWORD: "short",
    RING_SECONDS: "0",
    MEDIA: "maybe",
    MEDIA_PORT: "70000",
    MEDIA_WORKERS: "many",
    MEDIA_ICE_SERVERS: "stun:x",
    MEDIA_NODES: "https://media.example.org/nodes",
    MEDIA_LOCATION: "Frankfurt am Main",
    MEDIA_SECRET: "guess",
    DEMO: "1",
  };
  const sentences = problems(wrong);
  for (const name of Object.keys(wrong)) {
    assert(sentences.some((it) => it.includes(name)), `nothing about ${name}`);
  }
  for (const sentence of sentences) assert(/^[A-Z].*\.$/s.test(sentence), sentence);
});

Deno.test("settings that belong together are asked for together", () => {
  assertStringIncludes(problems({ TLS_KEY: "k" }).join(), "TLS_CERT is not");
  assertStringIncludes(problems({ ADMIN_EMAIL: "a@b" }).join(), "ADMIN_PASSWORD is not");
  assertStringIncludes(problems({ ADMIN_PASSWORD: "0123456789" }).join(), "ADMIN_EMAIL is not");
  assertStringIncludes(problems({ MEDIA_NODES: "https://m" }).join(), "MEDIA_SECRET is not");
  assertStringIncludes(problems({ MEDIA_URL: "https://m" }).join(), "in MEDIA_NODES");
  assertStringIncludes(problems({ DEMO: "on" }).join(), "DATA_DIR=:memory:");
  // Several processes with a media node each: a call would move to and fro between them.
  const shared = { DENO_KV_PATH: "http://kv:4512" };
  assertStringIncludes(problems(shared).join(), "set MEDIA_NODES and MEDIA_SECRET, or MEDIA=off");
  const secret = "s".repeat(32);
  assertEquals(problems({ ...shared, MEDIA_NODES: "https://m", MEDIA_SECRET: secret }), []);
  assertEquals(problems({ ...shared, DATA_DIR: ":memory:" }), [], "it is not used");
});

Deno.test("a store can be in memory, a file, a URL or the platform's own", () => {
  assertEquals(config({ DATA_DIR: ":memory:", DENO_KV_PATH: "x" }).kvPath, ":memory:");
  assertEquals(config({ DATA_DIR: "/srv/ls/" }).kvPath, "/srv/ls/live-support.kv");
  assertEquals(config({ DENO_KV_PATH: "http://kv:4512", MEDIA: "off" }).kvPath, "http://kv:4512");
  assertEquals(config({ DENO_DEPLOYMENT_ID: "x" }).kvPath, undefined);
});

Deno.test("Deno Deploy never gets a media node of its own", () => {
  assertEquals(config({ DENO_DEPLOYMENT_ID: "x" }).media.kind, "off");
  const remote = {
    MEDIA_NODES: "https://media.example.org/, https://*.EU.example.org:*",
    MEDIA_SECRET: "s".repeat(32),
  };
  assertEquals(config({ DENO_DEPLOYMENT_ID: "x", DENO_REGION: "eu", ...remote }).media, {
    kind: "nodes",
    origins: ["https://media.example.org", "https://*.eu.example.org:*"],
    secret: "s".repeat(32),
    location: "eu",
  });
  assertEquals(config({ MEDIA: "off", ...remote }).media.kind, "off");
});

Deno.test("empty settings are settings that are not set", () => {
  assertEquals(config(Object.fromEntries(SETTINGS.map(({ name }) => [name, " "]))), config({}));
});

Deno.test("whatever the environment holds: either a valid configuration or sentences", () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.webUrl(),
    fc.constantFrom("on", "off", "", "0", ":memory:", "[]", "[{}]"),
  );
  const env = fc.dictionary(fc.constantFrom(...SETTINGS.map(({ name }) => name)), value);
  fc.assert(fc.property(env, (env) => {
    const read = readConfig(env);
    if (!read.ok) return read.problems.length > 0 && read.problems.every((it) => it !== "");
    const { port, ringFor, publicUrl } = read.config;
    return port >= 0 && port <= 65_535 && ringFor >= 1000 &&
      (publicUrl === null || new URL(publicUrl).origin === publicUrl);
  }));
});

Deno.test("every port in range is taken, none outside", () => {
  fc.assert(fc.property(fc.integer({ min: -10, max: 70_000 }), (port) => {
    return readConfig({ PORT: String(port) }).ok === (port >= 0 && port <= 65_535);
  }));
});

Deno.test("links lead to PUBLIC_URL, else to where this computer reaches the server", () => {
  const at = { publicUrl: null, tls: null, host: "0.0.0.0", port: 8000 };
  assertEquals(localUrl(at), "http://localhost:8000");
  assertEquals(localUrl({ ...at, host: "::1" }), "http://[::1]:8000");
  assertEquals(
    localUrl({ ...at, host: "10.0.0.5", tls: { cert: "c", key: "k" } }),
    "https://10.0.0.5:8000",
  );
  assertEquals(localUrl({ ...at, publicUrl: "https://x.org" }), "https://x.org");
});

Deno.test("README.md shows the table of settings as it is", async () => {
  const text = await Deno.readTextFile(new URL("../README.md", import.meta.url));
  // The formatter lines columns up.
  const readme = text.replaceAll(/ +/g, " ");
  for (const { name, default: fallback, what } of SETTINGS) {
    assertStringIncludes(readme, `| \`${name}\` | ${fallback} | ${what} |`);
  }
});
