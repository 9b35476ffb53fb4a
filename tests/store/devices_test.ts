import { assert, assertEquals, assertExists } from "@std/assert";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { ENROLLMENT_MS } from "../../store/enrollments.ts";
import { peopleKeys, presenceKeys, sessionKeys } from "../../store/keys.ts";
import { withStores } from "./support.ts";

async function doorbell(kv: Deno.Kv): Promise<bigint> {
  return (await kv.get<Deno.KvU64>(presenceKeys.directory())).value?.value ?? 0n;
}

Deno.test("[T1] a device is not installed until its agent first connected", () =>
  withStores(async ({ devices }) => {
    const device = await devices.create("Phone", 5);
    assertEquals(device, {
      id: device.id,
      name: "Phone",
      installedAt: null,
      chatService: EVERYTHING_ON,
      createdAt: 5,
    });
    await Promise.all([devices.markInstalled(device.id, 7), devices.markInstalled(device.id, 7)]);
    await devices.markInstalled(device.id, 9);
    assertEquals((await devices.get(device.id))?.installedAt, 7);
    assertEquals(await devices.markInstalled("no such", 9), null);
  }));

Deno.test("every change of a device rings the directory's doorbell, and only a change", () =>
  withStores(async ({ devices }, kv) => {
    const { id } = await devices.create("Phone", 1);
    assertEquals(await doorbell(kv), 1n);
    await devices.markInstalled(id, 2);
    assertEquals(await doorbell(kv), 2n);
    await devices.markInstalled(id, 3);
    assertEquals(await doorbell(kv), 2n);
    await devices.remove(id);
    assertEquals(await doorbell(kv), 3n);
  }));

Deno.test("devices are listed by name", () =>
  withStores(async ({ devices }) => {
    for (const name of ["Tablet", "Äpfel", "phone"]) await devices.create(name, 1);
    assertEquals((await devices.list()).map(({ name }) => name), ["Äpfel", "phone", "Tablet"]);
  }));

Deno.test("of two browsers that use one enrollment code at once, exactly one is bound", () =>
  withStores(async ({ devices, enrollments }) => {
    const { id } = await devices.create("Phone", 0);
    assert(await enrollments.create("code", id, 0));
    const bound = await Promise.all([
      enrollments.use("code", "one", 1),
      enrollments.use("code", "two", 1),
    ]);
    assertEquals(bound.filter((it) => it !== null).length, 1);
    const of = await Promise.all(["one", "two"].map((hash) => enrollments.deviceOf(hash)));
    assertEquals(of.filter((it) => it?.id === id).length, 1);
    assertEquals(await enrollments.use("code", "three", 2), null);
  }));

Deno.test("an enrollment code ends after 24 hours, or when a newer one is made", () =>
  withStores(async ({ devices, enrollments }) => {
    const { id } = await devices.create("Phone", 0);
    await enrollments.create("old", id, 0);
    await enrollments.create("new", id, 0);
    assertEquals(await enrollments.find("old", 1), null);
    assertEquals((await enrollments.find("new", ENROLLMENT_MS - 1))?.id, id);
    assertEquals(await enrollments.find("new", ENROLLMENT_MS), null);
    assertEquals(await enrollments.use("new", "browser", ENROLLMENT_MS), null);
    assert(!await enrollments.create("code", "no such device", 0));
  }));

Deno.test("removing a device revokes its browsers and its link, and leaves nothing of it", () =>
  withStores(async ({ devices, enrollments }, kv) => {
    const { id } = await devices.create("Phone", 0);
    for (const name of ["a", "b"]) {
      await enrollments.create(`code ${name}`, id, 0);
      assertExists(await enrollments.use(`code ${name}`, `browser ${name}`, 0));
    }
    await enrollments.create("open link", id, 0);
    assertEquals(await devices.remove(id), "removed");
    assertEquals(await enrollments.deviceOf("browser a"), null);
    assertEquals(await enrollments.find("open link", 0), null);
    const left = (await Array.fromAsync(kv.list({ prefix: [] }))).map(({ key }) => key);
    assertEquals(left, [presenceKeys.directory()]);
    assertEquals(await devices.remove(id), "unknown_device");
  }));

Deno.test("a device in a session is not removed", () =>
  withStores(async ({ devices }, kv) => {
    const { id } = await devices.create("Phone", 0);
    await kv.set(sessionKeys.ofDevice(id), "session");
    assertEquals(await devices.remove(id), "device_in_session");
    assertExists((await kv.get(peopleKeys.device(id))).value);
  }));

Deno.test("the ticket secret is made once, also by processes that start at the same time", () =>
  withStores(async ({ policy }) => {
    const secrets = await Promise.all(
      ["a", "b", "c"].map((name) => policy.ticketSecret(() => name)),
    );
    assertEquals(new Set(secrets).size, 1);
    assertEquals(await policy.ticketSecret(() => "later"), secrets[0]);
  }));

Deno.test("the chat service is on until somebody switches it", () =>
  withStores(async ({ policy }) => {
    assertEquals(await policy.chatService(), EVERYTHING_ON);
    await policy.setChatService({ ...EVERYTHING_ON, video: false });
    assertEquals((await policy.chatService()).video, false);
  }));
