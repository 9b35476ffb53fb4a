/** Pushes as a push service gets them, from the real sender. */
import { assert, assertEquals } from "@std/assert";
import { makeVapidKeys, PushSender, type PushSenderPorts } from "../../push/sender.ts";
import { readPushHost } from "../../push/hosts.ts";
import type { StoredSubscription } from "../../store/push_subscriptions.ts";
import { PushService } from "../support/push_service.ts";
import { quietly } from "../actors/world.ts";

const SESSION = "wJ0y1YjI1Fq0m0VbO4vE2A";

/** A sender to `service`, and what it remembers. */
async function sender(service: PushService, browsers: StoredSubscription[]) {
  const local = readPushHost(service.origin);
  assert(local !== null);
  const waits: number[] = [];
  const removed: string[] = [];
  const ports: PushSenderPorts = {
    keys: await makeVapidKeys(),
    contact: "mailto:push@example.org",
    hosts: [local],
    subscriptions: {
      of: () => Promise.resolve(browsers.filter(({ browser }) => !removed.includes(browser))),
      remove: (_device, browser) => {
        removed.push(browser);
        return Promise.resolve();
      },
    },
    fetch,
    now: Date.now,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  return { sender: new PushSender(ports), waits, removed };
}

async function browser(service: PushService, name: string): Promise<StoredSubscription> {
  return { ...await service.subscribe(), browser: name, language: "en" };
}

const target = { device: "till", waiting: 3 };

Deno.test("[N3] a push arrives signed and sealed, and carries ids and the same words for everyone", async () => {
  await using service = new PushService();
  const to = await sender(service, [await browser(service, "a"), await browser(service, "b")]);
  const until = Date.now() + 30_000;
  assertEquals((await to.sender.send(target, { kind: "ring", session: SESSION, until })).taken, 2);
  assertEquals([service.complaints, service.received.length], [[], 2]);
  const [message] = service.received;
  assert(message !== undefined && message.ttl > 0 && message.ttl <= 30);
  assertEquals([message.urgency, message.topic], ["high", SESSION]);
  const payload = JSON.parse(message.text);
  assertEquals([payload.kind, payload.tag, payload.waiting], ["ring", `session:${SESSION}`, 3]);

  const only = (name: string) => name === "b";
  assertEquals((await to.sender.send({ ...target, browsers: only }, { kind: "test" })).taken, 1);
  const notification = `01${"0".repeat(24)}`;
  await to.sender.send(target, { kind: "notification", notification });
  await service.find("notification");
  assert(service.received.every(({ topic }) => topic !== null && topic.length <= 32));
});

Deno.test("a dead subscription is forgotten, at once and without a second try", async () => {
  await using service = new PushService();
  for (const status of [404, 410]) {
    const to = await sender(service, [await browser(service, "a")]);
    service.answers.push({ status });
    const before = service.requests;
    assertEquals((await to.sender.send(target, { kind: "test" })).taken, 0);
    assertEquals([to.removed, service.requests - before], [["a"], 1]);
  }
});

Deno.test("a push service that is busy is asked again when it says, not for ever, and not too late", async () => {
  using _quiet = quietly();
  await using service = new PushService();
  const to = await sender(service, [await browser(service, "a")]);
  service.answers.push({ status: 429, headers: { "retry-after": "7" } }, { status: 503 });
  const notification = `01${"0".repeat(24)}`;
  assertEquals((await to.sender.send(target, { kind: "notification", notification })).taken, 1);
  assertEquals(to.waits, [7000, 4000]);
  service.answers.push({ status: 500 }, { status: 500 }, { status: 500 }, { status: 500 });
  const before = service.requests;
  assertEquals((await to.sender.send(target, { kind: "notification", notification })).taken, 0);
  assertEquals(service.requests - before, 3);
  service.answers.length = 0;
  // When it may be asked again it rings no more.
  service.answers.push({ status: 429, headers: { "retry-after": "20" } });
  const until = Date.now() + 10_000;
  assertEquals((await to.sender.send(target, { kind: "ring", session: SESSION, until })).taken, 0);
  assertEquals(to.removed, [], "busy is not dead");
});

Deno.test("no redirect is followed, and what is refused for good is not tried again", async () => {
  using _quiet = quietly();
  await using service = new PushService();
  const to = await sender(service, [await browser(service, "a")]);
  for (
    const answer of [
      { status: 307, headers: { location: `${service.origin}/push/elsewhere` } },
      { status: 413 },
    ]
  ) {
    service.answers.push(answer);
    const before = service.requests;
    assertEquals((await to.sender.send(target, { kind: "test" })).taken, 0);
    assertEquals(service.requests - before, 1);
  }
});

Deno.test("only known push services are sent to: no page can make this server call another address", async () => {
  await using service = new PushService();
  const to = await sender(service, []);
  const { keys } = await service.subscribe();
  const refusal = (endpoint: string) => to.sender.refusal({ endpoint, keys });
  for (
    const endpoint of [
      "https://fcm.googleapis.com/fcm/send/x",
      "https://updates.push.services.mozilla.com/wpush/v2/x",
      "https://wns2-am3p.notify.windows.com/w/?token=x",
      "https://web.push.apple.com/x",
      `${service.origin}/push/x`,
    ]
  ) {
    assertEquals(await refusal(endpoint), null, endpoint);
  }
  for (
    const endpoint of [
      "http://fcm.googleapis.com/fcm/send/x",
      "https://fcm.googleapis.com:8443/x",
      "https://fcm.googleapis.com@evil.example/x",
      "https://user:secret@fcm.googleapis.com/x",
      "https://evil.example/fcm.googleapis.com",
      "https://notify.windows.com.evil.example/x",
      "https://evilnotify.windows.com/x",
      "https://127.0.0.1/x",
      "http://127.0.0.1:1/x",
      "http://169.254.169.254/latest/meta-data",
      "https://[::1]/x",
      "file:///etc/passwd",
    ]
  ) {
    assertEquals((await refusal(endpoint))?.code, "bad_push_address", endpoint);
  }
  const noPoint = { p256dh: "A".repeat(87), auth: keys.auth };
  const endpoint = "https://web.push.apple.com/x";
  assertEquals((await to.sender.refusal({ endpoint, keys: noPoint }))?.code, "bad_push_address");
});

Deno.test("PUSH_HOSTS: names, domains, and origins on this computer only", () => {
  for (
    const good of [
      "push.example.org",
      "*.push.example.org",
      "http://127.0.0.1:9000",
      "http://[::1]:1",
    ]
  ) {
    assert(readPushHost(good) !== null, good);
  }
  for (
    const bad of [
      "*",
      "*.",
      "http://push.example.org",
      "push.example.org/x",
      "a b",
      "http://127.0.0.1/x",
    ]
  ) {
    assertEquals(readPushHost(bad), null, bad);
  }
});
