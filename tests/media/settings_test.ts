/** The settings of a media node: every mistake is told at once. */
import { assert, assertEquals } from "@std/assert";
import { localAddresses } from "../../media/listen.ts";
import { readStandaloneSettings } from "../../media/settings.ts";

const SECRET = "a secret of thirty-two characters";

const ADDRESSES = {
  MEDIA_URL: "https://media.example.org:8443/",
  WEB_URL: "https://support.example.org, http://127.0.0.1:8000",
};

function read(env: Record<string, string>) {
  return readStandaloneSettings((name) => env[name]);
}

Deno.test("the secret and two addresses are all that a node has to be told", () => {
  const result = read({ MEDIA_SECRET: SECRET, PORT: "", ...ADDRESSES });
  assert("settings" in result);
  const { settings } = result;
  assertEquals([settings.port, settings.host, settings.workers], [8443, "0.0.0.0", 1]);
  assertEquals(settings.listen, { ip: undefined, announcedAddress: undefined, port: 44_444 });
  assertEquals([settings.tls, settings.iceServers, settings.turn], [null, [], null]);
  assertEquals(settings.drainFor, 12_000);
  assertEquals([settings.url, settings.location], ["https://media.example.org:8443", null]);
  assertEquals(settings.webUrls, ["https://support.example.org", "http://127.0.0.1:8000"]);
});

Deno.test("spaces and line ends around a setting are not part of it, as on web processes", () => {
  const result = read({
    MEDIA_SECRET: `${SECRET}\r\n`,
    MEDIA_URL: `${ADDRESSES.MEDIA_URL}\n`,
    WEB_URL: ` ${ADDRESSES.WEB_URL}`,
    TURN_URLS: "turn:t.example.org:3478 ",
    TURN_SECRET: "shared with coturn\n",
    PORT: " ",
  });
  assert("settings" in result);
  assertEquals(result.settings.secret, SECRET);
  assertEquals(result.settings.url, "https://media.example.org:8443");
  assertEquals([result.settings.turn?.secret, result.settings.port], ["shared with coturn", 8443]);
});

Deno.test("everything can be set", () => {
  const result = read({
    ...ADDRESSES,
    MEDIA_LOCATION: "eu-1",
    MEDIA_SECRET: SECRET,
    MEDIA_NODE_ID: "node-7",
    MEDIA_LISTEN_IP: "10.0.0.7",
    MEDIA_ANNOUNCED_ADDRESS: "media.example.org",
    MEDIA_PORT: "40000",
    MEDIA_WORKERS: "4",
    MEDIA_ICE_SERVERS: '[{"urls":"turn:t.example.org","username":"u","credential":"c"}]',
    TURN_URLS: "turn:t.example.org:3478, turns:[2001:db8::7]:443?transport=tcp",
    TURN_SECRET: "shared with coturn",
    TURN_CREDENTIAL_SECONDS: "600",
    TLS_CERT: "cert.pem",
    TLS_KEY: "key.pem",
    PORT: "443",
    HOST: "::",
    DRAIN_SECONDS: "90",
  });
  assert("settings" in result);
  const { settings } = result;
  assertEquals(settings.iceServers, [
    { urls: ["turn:t.example.org"], username: "u", credential: "c" },
  ]);
  assertEquals(settings.turn, {
    urls: ["turn:t.example.org:3478", "turns:[2001:db8::7]:443?transport=tcp"],
    secret: "shared with coturn",
    seconds: 600,
  });
  assertEquals(settings.tls, { cert: "cert.pem", key: "key.pem" });
  assertEquals([settings.listen.announcedAddress, settings.drainFor], [
    "media.example.org",
    90_000,
  ]);
});

Deno.test("all mistakes are told, each in a sentence with its name", () => {
  const result = read({
    MEDIA_SECRET: "short",
    MEDIA_NODE_ID: "no spaces",
    MEDIA_LISTEN_IP: "everywhere",
    MEDIA_PORT: "70000",
    MEDIA_WORKERS: "1.5",
    MEDIA_ICE_SERVERS: '[{"urls":"http://no"}]',
    TLS_CERT: "cert.pem",
    PORT: "-1",
    MEDIA_URL: "media.example.org",
    WEB_URL: "https://support.example.org/console",
    MEDIA_LOCATION: "here and there",
    DRAIN_SECONDS: "601",
  });
  assert("mistakes" in result);
  const names = ["MEDIA_LISTEN_IP", "MEDIA_PORT", "MEDIA_WORKERS", "MEDIA_ICE_SERVERS", "PORT"];
  const addresses = ["MEDIA_URL", "WEB_URL", "MEDIA_LOCATION", "DRAIN_SECONDS"];
  for (const name of [...names, ...addresses, "TLS_CERT", "MEDIA_SECRET", "MEDIA_NODE_ID"]) {
    assert(result.mistakes.some((sentence) => sentence.startsWith(name)), name);
  }
  assertEquals(result.mistakes.length, 12);
});

Deno.test("TURN servers and their secret go together; what a browser would not take is a mistake", () => {
  const mistakes = (env: Record<string, string>) => {
    const result = read({ MEDIA_SECRET: SECRET, ...ADDRESSES, ...env });
    return "mistakes" in result ? result.mistakes.join() : "";
  };
  assert(mistakes({ TURN_URLS: "turn:t.example.org" }).includes("TURN_SECRET is not"));
  const alone = mistakes({ TURN_SECRET: "hush hush" });
  assert(alone.includes("TURN_URLS is not") && !alone.includes("hush"), alone);
  for (const url of ["stun:t", "turn:", "turn:u@t", "turn:t:x", "turn:t?transport=sctp"]) {
    const said = mistakes({ TURN_URLS: `turn:t,${url}`, TURN_SECRET: "hush hush" });
    assert(said.startsWith("TURN_URLS") && said.includes(url) && !said.includes("hush"), said);
  }
  assert(mistakes({ TURN_CREDENTIAL_SECONDS: "0" }).startsWith("TURN_CREDENTIAL_SECONDS"));
});

Deno.test("pages are told the network's addresses, then the machine's own", () => {
  const address = (name: string, address: string, family: "IPv4" | "IPv6" = "IPv4") => {
    return { name, address, family };
  };
  assertEquals(
    localAddresses([
      address("lo", "127.0.0.1"),
      address("wlan0", "192.168.1.7"),
      address("eth0", "169.254.3.4"),
      address("docker0", "172.17.0.1"),
      address("eth0", "fe80::1", "IPv6"),
      address("eth1", "10.1.2.3"),
    ]),
    ["192.168.1.7", "10.1.2.3", "127.0.0.1"],
  );
  assertEquals(localAddresses([]), []);
});
