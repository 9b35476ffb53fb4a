/** Small rules of microphones and cameras: which one is next, what to say, who may ask for another. */
import { assert, assertEquals } from "@std/assert";
import { signal } from "@preact/signals";
import { chooseCameraPolicy } from "../../client/camera_policy.ts";
import { CameraAsking, CameraConsent } from "../../client/call/camera_request.ts";
import { otherCameras } from "../../client/call/cameras.ts";
import { type Browser, browserOf, fixingSteps } from "../../client/call/fix_it.ts";
import { PeerExchange } from "../../client/call/peer_talk.ts";
import { deviceProblem } from "../../client/call/problems.ts";
import { theirTrouble } from "../../components/call/their_trouble.ts";

Deno.test("[M3] from the front camera: the other side exactly, then nearly, then the next one", () => {
  assertEquals(otherCameras({ facing: "user", deviceId: "b" }, ["a", "b", "c"]), [
    { facing: "environment", exact: true },
    { facing: "environment", exact: false },
    { deviceId: "c", exact: true },
    { deviceId: "a", exact: true },
  ]);
  const nameless = otherCameras({ facing: "unknown", deviceId: "a" }, ["a", "b", ""]);
  assertEquals(nameless, [{ deviceId: "b", exact: true }]);
  assertEquals(otherCameras({ facing: "unknown", deviceId: "a" }, ["a"]), []);
});

Deno.test("every browser is known by what it says of itself", () => {
  const says: [Browser, string, number?][] = [
    ["chrome", "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36"],
    ["chrome", "Mozilla/5.0 (Macintosh) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0"],
    ["chromeAndroid", "Mozilla/5.0 (Linux; Android 10; K) Chrome/143.0.0.0 Mobile Safari/537.36"],
    ["samsung", "Mozilla/5.0 (Linux; Android 10; K) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile"],
    ["safari", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15"],
    ["safariIos", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7) Version/26.0 Mobile Safari/604.1"],
    ["safariIos", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7) CriOS/143.0 Mobile Safari/604.1"],
    [
      "safariIos",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15",
      5,
    ],
    ["firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0"],
    ["firefoxAndroid", "Mozilla/5.0 (Android 15; Mobile; rv:146.0) Gecko/146.0 Firefox/146.0"],
    ["other", "Lynx/2.9"],
  ];
  for (const [browser, userAgent, fingers = 0] of says) {
    assertEquals(browserOf(userAgent, fingers), browser, userAgent);
    for (const cause of ["denied", "missing", "busy", "paused"] as const) {
      assertEquals(fixingSteps(browser, cause).at(-1), "fixing.thenAgain");
    }
  }
});

Deno.test("[M4] what both sides read of a microphone and a camera", () => {
  const part = { client: "c", medium: "video", muted: false } as const;
  assertEquals(theirTrouble(part), { microphone: null, camera: null });
  const trouble = { microphone: "phone_call", camera: "paused" } as const;
  assertEquals(theirTrouble({ ...part, trouble }), {
    microphone: "trouble.onPhoneCall",
    camera: "trouble.theirCameraPaused",
  });
  assertEquals(theirTrouble({ ...part, trouble, screen: true }).camera, null);
  assertEquals(deviceProblem({}), null);
  assertEquals(deviceProblem({ microphone: "phone_call" }), null, "that has a panel of its own");
});

/** Both pages of a call, as far as they talk about cameras. */
function pages() {
  const peerPresent = signal(true);
  const able = signal(true);
  const switches = { done: 0, work: true };
  const technician: PeerExchange = new PeerExchange((message) => {
    if (peerPresent.peek()) device.hear(message);
    return Promise.resolve(peerPresent.peek());
  });
  const device = new PeerExchange((message) => {
    if (peerPresent.peek()) technician.hear(message);
    return Promise.resolve(peerPresent.peek());
  });
  const asking = new CameraAsking({ peer: technician, peerPresent });
  const consent = new CameraConsent({
    peer: device,
    peerPresent,
    able,
    switchCamera: () => Promise.resolve(switches.work && switches.done++ >= 0),
  });
  return { asking, consent, able, peerPresent, device, switches };
}

Deno.test("a request for the other camera: refused, allowed, or allowed for good", async () => {
  const { asking, consent, switches } = pages();
  assert(asking.possible.value);
  await asking.ask();
  assert(consent.asked.value);
  assertEquals([asking.state.value, switches.done], ["asked", 0]);
  consent.refuse();
  assertEquals([asking.state.value, consent.asked.value, switches.done], ["refused", false, 0]);

  await asking.ask();
  await consent.allow(true);
  assertEquals([asking.state.value, switches.done, consent.done.value], ["switched", 1, false]);
  await asking.ask();
  await Promise.resolve();
  assertEquals([asking.state.value, consent.asked.value, switches.done], ["switched", false, 2]);
  assert(consent.done.value, "the user is told");
  chooseCameraPolicy("ask");
  localStorage.clear();
});

Deno.test("a request nobody can answer any more is over", async () => {
  const { asking, consent, able, peerPresent, device, switches } = pages();
  await asking.ask();
  able.value = false;
  assertEquals([consent.asked.value, asking.state.value], [false, "failed"]);
  assertEquals(asking.possible.value, false);
  await asking.ask();
  assertEquals(asking.state.value, "failed", "there is nothing to ask for");

  able.value = true;
  switches.work = false;
  await asking.ask();
  await consent.allow(false);
  assertEquals(asking.state.value, "failed");
  await asking.ask();
  peerPresent.value = false;
  assertEquals([asking.possible.value, asking.state.value], [false, "idle"]);
  assertEquals(consent.asked.value, false);
  peerPresent.value = true;
  device.meet();
  assert(asking.possible.value, "told again");
});
