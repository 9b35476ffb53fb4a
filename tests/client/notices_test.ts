/** What pages do with notifications: told once, answered, forgotten. */
import { assertEquals } from "@std/assert";
import { signal } from "@preact/signals";
import type { CommandResult } from "../../client/connection.ts";
import { ConsoleNotices } from "../../client/console_notices.ts";
import { DeviceNotices } from "../../client/device_notices.ts";
import type { Command, DeviceRow } from "../../protocol/messages.ts";
import type { DeviceNotification, SentNotification } from "../../protocol/notification.ts";

const ACK: CommandResult = { kind: "ack", body: { type: "ack", id: 1 } };

function notification(id: string): DeviceNotification {
  return { id, from: "Maria", text: "Are you there?", at: 0 };
}

/** The live part of a device's page whose server answers `answer`. */
function devicePage(answer: CommandResult = ACK) {
  const asked: Command[] = [];
  const notifications = signal<readonly DeviceNotification[] | null>(null);
  const act = (command: Command) => {
    asked.push(command);
    return Promise.resolve(answer);
  };
  return { asked, live: { notifications, act } };
}

Deno.test("[N1] what arrives is told once; an answer goes out with its notification", async () => {
  const { asked, live } = devicePage();
  const notices = new DeviceNotices(live);
  live.notifications.value = [notification("a")];
  live.notifications.value = [notification("a"), notification("b")];
  assertEquals(
    asked,
    ["a", "b"].map((id): Command => ({ type: "notification.received", notification: id })),
  );
  notices.respond("b");
  notices.type("Yes.");
  await notices.send();
  assertEquals(asked.at(-1), { type: "notification.answer", notification: "b", text: "Yes." });
  await notices.markAsRead("a");
  assertEquals(asked.at(-1), { type: "notification.read", notification: "a" });
  notices.dispose();
});

Deno.test("[N1] what could not be told is told again with the next list", async () => {
  const { asked, live } = devicePage({ kind: "disconnected" });
  const notices = new DeviceNotices(live);
  live.notifications.value = [notification("a")];
  await Promise.resolve();
  live.notifications.value = [notification("a")];
  assertEquals(asked.length, 2);
  notices.dispose();
});

Deno.test("[N1] what the server could not take just now is told again, as long as it waits", async () => {
  const { asked, live } = devicePage({ kind: "rejected", code: "internal" });
  const planned: (() => void)[] = [];
  const notices = new DeviceNotices(live, (then) => planned.push(then));
  live.notifications.value = [notification("a")];
  await Promise.resolve();
  planned.shift()?.();
  await Promise.resolve();
  assertEquals(asked.length, 2);
  live.notifications.value = [];
  planned.shift()?.();
  assertEquals([asked.length, planned.length], [2, 0]);
  notices.dispose();
});

Deno.test("[C5] [S8] a half-written answer outlives a reload, and not its notification", () => {
  sessionStorage.clear();
  const { live } = devicePage();
  const before = new DeviceNotices(live);
  live.notifications.value = [notification("a")];
  before.respond("a");
  before.type("Half a sent");
  before.dispose();
  live.notifications.value = null;
  const after = new DeviceNotices(live);
  assertEquals([after.answering.value, after.draft.value], ["a", "Half a sent"]);
  live.notifications.value = [notification("a")];
  assertEquals(after.draft.value, "Half a sent");
  // It was answered elsewhere.
  live.notifications.value = [];
  assertEquals([after.answering.value, after.draft.value], [null, ""]);
  assertEquals(sessionStorage.length, 0);
  after.respond("a");
  after.type("Half");
  after.dispose();
  // It was answered elsewhere while the page was away.
  live.notifications.value = null;
  const late = new DeviceNotices(live);
  live.notifications.value = [];
  assertEquals([late.answering.value, sessionStorage.length], [null, 0]);
  late.dispose();
});

Deno.test("[N1] what went wrong is said until the person goes on", async () => {
  const refusal = { kind: "rejected", code: "notification_done", message: "" } as const;
  const { live } = devicePage(refusal);
  const notices = new DeviceNotices(live);
  live.notifications.value = [notification("a")];
  await notices.markAsRead("a");
  assertEquals(notices.problem.value, refusal);
  notices.respond("a");
  assertEquals(notices.problem.value, null);
  notices.dispose();
});

Deno.test("[N1] a console sounds for answers that arrive, not for those that were there", () => {
  const answered = (id: string): SentNotification => ({
    id,
    device: { id: "till", name: "Till 4" },
    at: 0,
    state: { kind: "answered", asked: "There?", text: "Yes." },
  });
  const sent = signal<readonly SentNotification[]>([]);
  const devices = signal<ReadonlyMap<string, DeviceRow> | null>(null);
  let sounds = 0;
  const live = { sent, devices, now: () => 0, act: () => Promise.resolve(ACK) };
  const notices = new ConsoleNotices(live, () => sounds++);
  sent.value = [answered("yesterday")];
  devices.value = new Map();
  assertEquals(sounds, 0);
  sent.value = [answered("now"), answered("yesterday")];
  assertEquals(sounds, 1);
  sent.value = [answered("now")];
  assertEquals(sounds, 1);
  notices.dispose();
});
