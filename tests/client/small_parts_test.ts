import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import type { DeviceRow } from "../../protocol/messages.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { callOffers, offerReason } from "../../client/call_options.ts";
import { groupDevices, startRefusal } from "../../client/device_list.ts";
import { dayOf, initials } from "../../client/format.ts";
import { phrase } from "../../locales/phrase.ts";
import { splitLinks } from "../../client/links.ts";
import { takePageId } from "../../client/page_id.ts";
import { PageStorage } from "../../client/page_storage.ts";
import { LONGEST_IN_CALL, LONGEST_PAUSE, pauseBefore } from "../../client/reconnect.ts";

Deno.test("the first retry is at once; later ones are capped and spread", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, random) => {
      const pause = pauseBefore(n, random);
      assert(pause >= 0 && pause <= LONGEST_PAUSE);
      assertEquals(pauseBefore(0, random), 0);
      if (n > 0) assert(pause >= 250);
      const inCall = pauseBefore(n, random, LONGEST_IN_CALL);
      assert(inCall <= LONGEST_IN_CALL && (n === 0 || inCall >= 250));
    }),
  );
});

Deno.test("splitting a text into links loses and changes nothing", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
    assertEquals(splitLinks(text).map((part) => part.text).join(""), text);
  }));
});

Deno.test("only web and mail addresses become links", () => {
  const hrefs = (text: string) =>
    splitLinks(text).flatMap((part) => part.kind === "link" ? [part.href] : []);
  assertEquals(hrefs("see https://example.com/a?b=c#d."), ["https://example.com/a?b=c#d"]);
  assertEquals(hrefs("example.com or me@example.com"), [
    "https://example.com/",
    "mailto:me@example.com",
  ]);
  assertEquals(hrefs("javascript:alert(1) data:text/html,x ftp://example.org/x file:///etc"), []);
  assertEquals(hrefs("<a href='x'>no</a> **no** `no`"), []);
});

class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
  key = (at: number) => [...this.items.keys()][at] ?? null;
  get length() {
    return this.items.size;
  }
}

Deno.test("a page keeps its id over a reload; a duplicated tab gets its own", async () => {
  const storage = new MemoryStorage();
  const held = new Set<string>();
  const claim = (id: string) => {
    const free = !held.has(id);
    held.add(id);
    return Promise.resolve(free);
  };
  const first = await takePageId(storage, claim);
  held.clear();
  const reloaded = await takePageId(storage, claim);
  assertEquals(reloaded, { id: first.id, fresh: false });
  const duplicate = await takePageId(storage, claim);
  assertNotEquals(duplicate.id, first.id);
  assertEquals(duplicate.fresh, true);
});

Deno.test("[S8] nothing of a session stays in the browser's storage after its end", () => {
  const storage = new MemoryStorage();
  const page = new PageStorage(storage, "page-one");
  for (const session of ["a", "b"]) {
    page.write(session, "draft", "text");
    page.write(session, "outbox", "[]");
    page.write(session, "window", "open");
  }
  page.forget("a");
  assertEquals([...storage.items.keys()].filter((key) => key.includes(":a:")), []);
  assertEquals(page.read("b", "draft"), "text");
  page.keepOnly(new Set());
  assertEquals(storage.items.size, 0);
});

Deno.test("a duplicated tab drops what it inherited", () => {
  const storage = new MemoryStorage();
  new PageStorage(storage, "page-one").write("a", "outbox", "[]");
  const copy = new PageStorage(storage, "page-two");
  copy.write("a", "draft", "mine");
  copy.dropForeign();
  assertEquals([...storage.items.keys()], ["live-support:page-two:a:draft"]);
});

function row(name: string, over: Partial<DeviceRow> = {}): DeviceRow {
  const status = "Disconnected";
  return {
    id: name,
    name,
    status,
    reachable: true,
    notifiable: false,
    available: EVERYTHING_ON,
    equipment: null,
    session: null,
    ...over,
  };
}

Deno.test("the device list: own sessions newest first, the others by name, searched leniently", () => {
  const held = (id: string, mine: boolean) => ({ session: { id, technician: "Ann", mine } });
  const rows = [
    row("Till 10"),
    row("Till 9"),
    row("Café", held("1", true)),
    row("Bar", held("2", true)),
  ];
  const groups = groupDevices(rows, "", Number);
  assertEquals(groups.mine.map(({ name }) => name), ["Bar", "Café"]);
  assertEquals(groups.others.map(({ name }) => name), ["Till 9", "Till 10"]);
  assertEquals(groupDevices(rows, "CAFE", Number).mine.length, 1);
});

Deno.test("why a session cannot be started is said", () => {
  assertEquals(startRefusal(row("a")), null);
  assertEquals(startRefusal(row("a", { status: "Disabled" }))?.key, "console.serviceOff");
  assertEquals(startRefusal(row("a", { status: "Not Installed" }))?.key, "console.openItsLink");
  const session = { id: "s", technician: "Ann", mine: false };
  assertEquals(
    startRefusal(row("a", { session })),
    phrase("console.inSessionWith", { name: "Ann" }),
  );
});

Deno.test("[M1] what calls are offered, and why not", () => {
  const ready = { state: "ready" } as const;
  assertEquals(offerReason(callOffers(EVERYTHING_ON, ready, true)), null);
  const preparing = callOffers(EVERYTHING_ON, { state: "preparing", progress: 0.437 }, true);
  assertEquals(offerReason(preparing), phrase("call.preparing", { percent: 43 }));
  const noVideo = callOffers({ ...EVERYTHING_ON, video: false }, ready, true);
  assertEquals([noVideo.voice.ok, noVideo.video.ok], [true, false]);
  const noVoice = callOffers({ ...EVERYTHING_ON, voice: false }, ready, true);
  assertEquals([noVoice.voice.ok, noVoice.video.ok], [false, false]);
  const without = callOffers(EVERYTHING_ON, ready, false);
  assertEquals([without.voice.ok, without.video.ok], [false, false]);
  assertEquals(offerReason(without), phrase("call.unsupported"));
});

Deno.test("days and initials", () => {
  assertEquals(initials("Ada  Lovelace King"), "AL");
  assertEquals(initials("émile"), "É");
  assertEquals(
    dayOf(new Date(2026, 5, 2).getTime()) - dayOf(new Date(2026, 5, 1, 23).getTime()),
    1,
  );
});
