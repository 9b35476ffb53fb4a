/** What a process still does when it goes, and that nothing uses the store after it has. */
import { assertEquals } from "@std/assert";
import { newUlid } from "../../client/ulid.ts";
import { Page } from "./page.ts";
import { TestClock } from "./stand_ins.ts";
import { gate, replaced, World } from "./world.ts";

Deno.test("a process that goes waits for the lease it renews and for what its pages were promised", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const [renewing, looking] = [gate(), gate()];
  const under: string[] = [];
  let holds = false;
  const hub = await world.hub((store) =>
    replaced(store, {
      async device(id) {
        if (holds) await looking.opened;
        under.push("device");
        return await store.device(id);
      },
      presence: {
        async renewLease() {
          if (holds) await renewing.opened;
          under.push("lease");
          return await store.presence.renewLease();
        },
      },
    })
  );
  const technician = await world.technician();
  const page = new Page("console-1").open((c) => hub.connectTechnician(technician, c));
  await page.find((m) => m.type === "welcome" ? m : undefined);
  holds = true;
  under.length = 0;
  clock.advance(10_000);
  const notification = newUlid(clock.now());
  page.raw({ type: "notification.send", id: 1, notification, device: "gone", text: "Hello" });
  const closed = hub.close();
  // Whoever did not wait would be through with closing long before the store answered so often.
  for (let n = 0; n < 50; n++) await world.kv.get(["nothing"]);
  assertEquals([under, page.closedWith], [[], null]);
  renewing.open();
  looking.open();
  await closed;
  assertEquals(under.toSorted(), ["device", "lease"]);
  assertEquals(page.closedWith, "shutting_down");
});
