/** Which addresses media nodes may register with. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { connectSources, isNodeOrigin, mayRegister } from "../../media/node_origins.ts";

Deno.test("only addresses that MEDIA_NODES names may register", () => {
  const patterns = [
    "https://media.example.org:8443",
    "https://*.eu.example.org",
    "http://127.0.0.1:*",
  ];
  assert(patterns.every(isNodeOrigin));
  const may = [
    "https://media.example.org:8443",
    "https://a.eu.example.org",
    "https://b.a.eu.example.org",
    "http://127.0.0.1",
    "http://127.0.0.1:9000",
  ];
  const mayNot = [
    "https://media.example.org",
    "http://media.example.org:8443",
    "https://eu.example.org",
    "https://evileu.example.org",
    "https://a.eu.example.org:8443",
    "https://a.eu.example.org.evil.example",
    "https://127.0.0.1:9000",
    "http://127.0.0.2:9000",
    "https://evil.example",
    "not an address",
  ];
  assertEquals(may.filter((url) => !mayRegister(url, patterns)), []);
  assertEquals(mayNot.filter((url) => mayRegister(url, patterns)), []);
});

Deno.test("what would open more than hosts and ports is no pattern", () => {
  const wrong = ["*", "https://*", "https://*:443", "https://", "wss://m.example.org", "https:"];
  const sources = ["https://a.example.org/x", "https://a b", "https://a;script-src", "https://a'b"];
  assertEquals([...wrong, ...sources].filter(isNodeOrigin), []);
  fc.assert(fc.property(fc.string(), (text) => {
    // A pattern becomes part of a Content-Security-Policy: it never ends its directive.
    if (isNodeOrigin(text)) assert(!/[\s;,'"]/.test(text));
  }));
});

Deno.test("pages may connect to the same addresses, and to their sockets", () => {
  assertEquals(connectSources(["https://*.example.org:*", "http://127.0.0.1:1"]), [
    ...["https://*.example.org:*", "wss://*.example.org:*"],
    ...["http://127.0.0.1:1", "ws://127.0.0.1:1"],
  ]);
});
