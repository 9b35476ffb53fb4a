/** The session descriptions of a probe. */
import { assert, assertEquals } from "@std/assert";
import { fingerprintIn, probeAnswer } from "../../client/equipment/probe_sdp.ts";
import type { ProbeAnswer } from "../../protocol/media.ts";

const NODE: ProbeAnswer = {
  iceParameters: { usernameFragment: "user", password: "pass" },
  iceCandidates: [
    { foundation: "udp", priority: 9, address: "192.0.2.1", protocol: "udp", port: 4000 },
    {
      foundation: "tcp",
      priority: 8,
      address: "192.0.2.1",
      protocol: "tcp",
      port: 4001,
      tcpType: "passive",
    },
  ],
  dtlsParameters: { fingerprints: [{ algorithm: "sha-256", value: "AB:CD" }] },
};

Deno.test("a probe's answer names the candidates of one protocol and no others", () => {
  const lines = (protocol: "udp" | "tcp") =>
    probeAnswer(NODE, protocol)?.split("\r\n").filter((line) => line.startsWith("a=candidate"));
  assertEquals(lines("udp"), ["a=candidate:udp 1 udp 9 192.0.2.1 4000 typ host"]);
  assertEquals(lines("tcp"), [
    "a=candidate:tcp 1 tcp 8 192.0.2.1 4001 typ host tcptype passive",
  ]);
  const udp = probeAnswer(NODE, "udp") ?? "";
  for (const line of ["a=ice-lite", "a=ice-ufrag:user", "a=ice-pwd:pass", "a=setup:passive"]) {
    assert(udp.includes(`\r\n${line}\r\n`), line);
  }
  assertEquals(fingerprintIn(udp), { algorithm: "sha-256", value: "AB:CD" });
});

Deno.test("a node that does not listen for a protocol has no answer for it", () => {
  const udpOnly = { ...NODE, iceCandidates: NODE.iceCandidates.slice(0, 1) };
  assertEquals(probeAnswer(udpOnly, "tcp"), null);
  assertEquals(fingerprintIn("v=0\r\ns=-\r\n"), null);
});
