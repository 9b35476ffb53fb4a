/** System notifications of an open page: what is shown when, and what goes when. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { type Alert, Alerts, nextStep } from "../../client/alerts/alerts.ts";
import { inTurn } from "../../client/alerts/turn.ts";
import { reachOf } from "../../client/push/reach.ts";
import { mayReload } from "../../client/updating.ts";
import { newUlid } from "../../client/ulid.ts";
import { ULID } from "../../protocol/notification.ts";
import { until } from "../support/waiting.ts";

function alert(tag: string, moment = "1"): Alert {
  return { tag, moment, title: "Message", body: "", urgent: false };
}

Deno.test("[N2] each moment is shown once, to somebody who does not look", () => {
  const first = nextStep(new Map(), [alert("a"), alert("b")], false);
  assertEquals(first.show.map(({ tag }) => tag), ["a", "b"]);
  const again = nextStep(first.known, [alert("a"), alert("b", "2")], false);
  assertEquals(again.show.map(({ tag }) => tag), ["b"]);
  const seen = nextStep(again.known, [alert("a"), alert("b", "3")], true);
  assertEquals([seen.show, [...seen.keep]], [[], []]);
  assertEquals(nextStep(seen.known, [alert("b", "3")], false).show, [], "it was seen on the page");
});

Deno.test("[N1] [S8] what is over is off the screen, whatever happened before", async () => {
  const moments = fc.array(fc.record({
    wanted: fc.uniqueArray(
      fc.record({ tag: fc.constantFrom("a", "b", "c"), moment: fc.constantFrom("1", "2") }),
      { selector: ({ tag }) => tag },
    ),
    looking: fc.boolean(),
  }));
  await fc.assert(
    fc.asyncProperty(moments, async (story) => {
      const screen = new Set<string>();
      const alerts = new Alerts({
        show({ tag }) {
          screen.add(tag);
          return Promise.resolve();
        },
        keepOnly(tags) {
          for (const tag of screen) if (!tags.has(tag)) screen.delete(tag);
          return Promise.resolve();
        },
      });
      for (const { wanted, looking } of story) {
        alerts.update(wanted.map(({ tag, moment }) => alert(tag, moment)), looking);
        await new Promise((settled) => setTimeout(settled, 0));
        if (looking) assertEquals(screen.size, 0);
        for (const tag of screen) assert(wanted.some((one) => one.tag === tag));
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("[T5] how a browser stands: what it cannot do is not asked for", () => {
  const facts = {
    able: true,
    onlyFromHomeScreen: false,
    permission: "default",
    subscribed: false,
  } as const;
  assertEquals(reachOf(facts), "off");
  assertEquals(reachOf({ ...facts, permission: "granted" }), "off");
  assertEquals(reachOf({ ...facts, permission: "granted", subscribed: true }), "on");
  assertEquals(reachOf({ ...facts, permission: "denied", subscribed: true }), "denied");
  assertEquals(reachOf({ ...facts, able: false }), "unable");
  assertEquals(reachOf({ ...facts, permission: null }), "unable");
  assertEquals(reachOf({ ...facts, able: false, onlyFromHomeScreen: true }), "home_screen");
});

Deno.test("a page is replaced only with the hands off it", () => {
  fc.assert(fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (inCall, asked, typing) => {
    assertEquals(mayReload({ inCall, asked, typing }), !(inCall || asked || typing));
  }));
});

Deno.test("ids of notifications sort by the time they were made", () => {
  fc.assert(fc.property(fc.nat(2 ** 40), fc.integer({ min: 1, max: 2 ** 40 }), (time, later) => {
    const [one, two] = [newUlid(time), newUlid(time + later)];
    assert(ULID.test(one) && ULID.test(two) && one < two);
  }));
  assert(newUlid(5) !== newUlid(5));
});

Deno.test("[S8] the system's notifications are shown and looked at one at a time, whatever fails", async () => {
  let running = 0;
  const acts = [1, 2, 3].map((each) =>
    inTurn(async () => {
      assertEquals(++running, 1);
      // The others have asked for their turn, and go ahead if anybody can.
      await until("the others wait", () => navigator.locks.query(), ({ pending = [] }) => {
        return pending.length === 3 - each;
      });
      running--;
      if (each === 2) throw new Error("not allowed");
      return each;
    })
  );
  const settled = await Promise.allSettled(acts);
  assertEquals(settled.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
});

Deno.test("an act in its turn is not done again because it failed; without Web Locks it is just done", async () => {
  let times = 0;
  const fail = () => {
    times++;
    return Promise.reject(new Error("not allowed"));
  };
  await assertRejects(() => inTurn(fail), Error, "not allowed");
  assertEquals(times, 1);
  const own = Object.getOwnPropertyDescriptor(navigator, "locks");
  Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
  try {
    assertEquals(await inTurn(() => Promise.resolve("done")), "done");
  } finally {
    if (own === undefined) Reflect.deleteProperty(navigator, "locks");
    else Object.defineProperty(navigator, "locks", own);
  }
});

Deno.test("the service worker takes its turn under the name the pages take theirs", async () => {
  const name = /^const LOCK = (".*");$/m;
  const [worker, page] = await Promise.all(
    ["static/sw.js", "client/alerts/turn.ts"].map((file) => Deno.readTextFile(file)),
  );
  const [, ours] = name.exec(worker ?? "") ?? [];
  assert(ours !== undefined);
  assertEquals(name.exec(page ?? "")?.[1], ours);
});
