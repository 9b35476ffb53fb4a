/** What is logged: one line for programs or people, and never what people wrote (S8). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { describe, withoutQuotes } from "../../log/describe.ts";
import { EVENTS } from "../../log/events.ts";
import { divertLog, type Entry, lineOf, log, logFailure } from "../../log/log.ts";

function heard(act: () => void): Entry {
  const entries: Entry[] = [];
  using _ = divertLog((entry) => entries.push(entry));
  act();
  const [entry] = entries;
  assert(entry !== undefined && entries.length === 1);
  return entry;
}

Deno.test("an event is one line of JSON for programs", () => {
  const entry = heard(() => log("push_refused", { service: "push.example.org", status: 410 }));
  const line = lineOf(entry, "json");
  assert(!line.includes("\n"));
  assertEquals(JSON.parse(line), {
    time: entry.time,
    level: "warning",
    event: "push_refused",
    message: EVENTS.push_refused.message,
    service: "push.example.org",
    status: 410,
  });
  assertEquals(new Date(entry.time).toISOString(), entry.time);
});

Deno.test("for a person it is a line to read, and what was thrown below it", () => {
  const cause = new Deno.errors.NotFound("no such table");
  const entry = heard(() => logFailure("store_failed", new Error("disk I/O error", { cause })));
  const [first = "", ...rest] = lineOf(entry, "text").split("\n");
  assertStringIncludes(first, "error   store_failed: The database");
  assertStringIncludes(rest[0] ?? "", "Error: disk I/O error");
  assertStringIncludes(rest[1] ?? "", "log_test.ts");
  assertStringIncludes(rest.join("\n"), "because of\n    NotFound: no such table");
});

Deno.test("[S8] errors of the platform quote what they were given; the log does not", () => {
  const secret = "my pin's 1234";
  const thrown = [
    () => JSON.parse(secret),
    () => JSON.parse(`{"text": "${secret}`),
    () => new URL(secret),
    () => Deno.openSync(secret),
    () => new Headers({ [secret]: "x" }),
    () => structuredClone(() => secret),
    () => {
      throw secret;
    },
    () => {
      throw { text: secret };
    },
  ];
  for (const act of thrown) {
    try {
      act();
      assert(false, "nothing was thrown");
    } catch (error) {
      const told = JSON.stringify(describe(error));
      assert(!told.includes("1234"), told);
    }
  }
});

Deno.test("[S8] whatever is quoted, it is not told", () => {
  const quote = fc.constantFrom("'", '"', "`");
  fc.assert(fc.property(quote, fc.string({ unit: "grapheme" }), (quote, text) => {
    const told = withoutQuotes(`cannot use ${quote}${text}${quote}`);
    return told === `cannot use ${quote}…${quote}`;
  }));
  assertEquals(
    withoutQuotes("error sending request for url (https://me:pin@push.example.org/send/secret)"),
    "error sending request for url (https://push.example.org…)",
  );
  assertEquals(withoutQuotes("it isn't open, that's all"), "it isn't open, that's all");
});

Deno.test("docs/DEPLOY.md shows every event as it is, and no other", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/DEPLOY.md", import.meta.url));
  // The formatter lines columns up.
  const rows = text.split("\n").map((line) => line.replaceAll(/ +/g, " "));
  const start = rows.indexOf("| event | level | what happened and what to do | fields |");
  const shown = rows.slice(start + 2, rows.indexOf("", start));
  const expected = Object.entries(EVENTS).map(([name, { level, message, fields }]) =>
    `| \`${name}\` | ${level} | ${message} | ${fields.join(", ")} |`.replaceAll(/ +/g, " ")
  );
  assertEquals(shown, expected);
});
