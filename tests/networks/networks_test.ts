/** One call through all the networks of cases.ts, in network namespaces and real browsers. */
import { assert, assertEquals } from "@std/assert";
import { until } from "../e2e/look.ts";
import { CASES } from "./cases.ts";
import { FarCall } from "./far_call.ts";
import { FarPeople } from "./far_people.ts";
import { whyNoLab } from "./lab.ts";

/** Over before the call is on its last network, in seconds. */
const CREDENTIAL_SECONDS = 5;
/** Each network is listened to for so long, in seconds, and so many texts are written each way. */
const [LISTENED, TEXTS] = [2, 1];
/** A machine with much else to do hears worse than the table of docs/NETWORKS.md, but not by much. */
const LEAST_SHARE = 0.9;

const why = await whyNoLab();
if (why !== null) console.error(`The networks of tests/networks are not tried: ${why}`);

Deno.test({
  name:
    "[S5] [C2] a call survives delay, loss, little room, other addresses and firewalls; texts do, too",
  ignore: why !== null,
  async fn() {
    await using people = await FarPeople.open({
      TURN_CREDENTIAL_SECONDS: String(CREDENTIAL_SECONDS),
    });
    const { phone } = people;
    const call = await FarCall.begin(people);
    for (const { name, course, paths, breaks } of CASES.filter(({ story }) => story)) {
      const { fromDevice, toDevice } = await call.during(course, LISTENED, TEXTS);
      const share = Math.min(fromDevice.share, toDevice.share);
      assert(breaks || share >= LEAST_SHARE, `${name}: heard for ${share} of the time`);
      await call.isHeard();
      await call.takes(paths);
      await call.hasAllTexts();
    }

    // No relay is opened with what the pages were told so far: another address needs new credentials.
    const told = await phone.evaluate(() => Date.now());
    const expired = told + CREDENTIAL_SECONDS * 1_000;
    await call.says("Relay (TURN)");
    await until(phone, (expired) => Date.now() > expired, expired);
    await call.during({ change: (network) => network.moveTo("wifi") }, LISTENED, TEXTS);
    await call.isHeard();
    await call.isSeen();
    await call.takes(["Relay (TURN)"]);
    await call.hasAllTexts();
    assertEquals(people.stage.errors, []);
  },
});
