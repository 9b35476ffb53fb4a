/** The technician's and the device's part in showing, talking over a line that may break. */
import { assertEquals } from "@std/assert";
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { PeerExchange } from "../../client/call/peer_talk.ts";
import { Audience } from "../../client/call/show/audience.ts";
import { Courier, type Later } from "../../client/call/show/courier.ts";
import { Presenter } from "../../client/call/show/presenter.ts";
import { mayTell, type PeerMessage } from "../../protocol/peer_messages.ts";

/** Two pages in a call. No camera here: pictures are for the browser tests. */
class Call {
  readonly #up = signal(false);
  /** How many pauses of the two couriers have not passed. */
  readonly #pauses = signal(0);
  readonly #technician: PeerExchange = new PeerExchange((message) => {
    assertEquals(mayTell("technician", message), true);
    return this.#carry(this.#device, message);
  });
  readonly #device: PeerExchange = new PeerExchange((message) => {
    assertEquals(mayTell("device", message), true);
    return this.#carry(this.#technician, message);
  });
  readonly bySide = { technician: this.#technician, device: this.#device };
  readonly presenter = new Presenter(this.#ports(this.#technician));
  readonly audience = new Audience(this.#ports(this.#device));
  readonly said: PeerMessage["type"][] = [];

  connect(): void {
    this.#up.value = true;
    this.#device.meet();
    this.#technician.meet();
  }

  disconnect(): void {
    this.#up.value = false;
  }

  /** Waits until nobody has anything to say: nothing of a test is left running. */
  quiet(): Promise<number> {
    return becomes(this.#pauses, (pauses) => pauses === 0);
  }

  #ports(peer: PeerExchange) {
    const later: Later = (run, milliseconds) => {
      this.#pauses.value++;
      setTimeout(() => {
        run();
        this.#pauses.value--;
      }, milliseconds);
    };
    return { peer, peerPresent: this.#up, localVideo: signal<MediaStream | null>(null), later };
  }

  #carry(to: PeerExchange, message: PeerMessage): Promise<boolean> {
    if (!this.#up.peek()) return Promise.resolve(false);
    this.said.push(message.type);
    to.hear(message);
    return Promise.resolve(true);
  }
}

/** Waits until the signal has such a value. */
function becomes<T>(value: ReadonlySignal<T>, wanted: (now: T) => boolean): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const stop = effect(() => {
    if (wanted(value.value)) resolve(value.value);
  });
  return promise.finally(stop);
}

Deno.test("[M2] a device without a picture says so, and the technician is back at the moving video", async () => {
  const call = new Call();
  call.connect();
  call.presenter.easel.setMode("draw");
  assertEquals(call.presenter.ground.value.kind, "freezing");
  await becomes(call.presenter.closed, (why) => why === "no_video");
  assertEquals(call.presenter.ground.value.kind, "live");
  assertEquals(call.presenter.easel.mode.value, "look");
  assertEquals(call.presenter.draw({ op: "clear" }), false);
  await call.quiet();
});

Deno.test("the pointer goes along, comes back after a break, and is gone with who pointed", async () => {
  const call = new Call();
  call.connect();
  const { presenter, audience } = call;
  presenter.easel.setMode("point");
  presenter.easel.press([10, 20]);
  await becomes(audience.pointer, (at) => at?.[0] === 10);
  // Many moves at once are one: only the last place counts.
  const before = call.said.length;
  for (let x = 0; x <= 500; x++) presenter.easel.move([x, 20]);
  await becomes(audience.pointer, (at) => at?.[0] === 500);
  assertEquals(call.said.length - before <= 2, true);
  call.disconnect();
  assertEquals(audience.pointer.value, null);
  call.connect();
  await becomes(audience.pointer, (at) => at?.[0] === 500);
  presenter.easel.setMode("look");
  await becomes(audience.pointer, (at) => at === null);
  await call.quiet();
});

Deno.test("[M2] nobody gets a picture unasked: refused, taken back, asked again after a break", async () => {
  const call = new Call();
  call.connect();
  const { presenter, audience } = call;
  presenter.askSnapshot();
  await becomes(audience.asked, (asked) => asked !== null);
  audience.refuse();
  await becomes(presenter.snapshot, ({ kind }) => kind === "refused");

  presenter.dropSnapshot();
  presenter.askSnapshot();
  await becomes(audience.asked, (asked) => asked !== null);
  call.disconnect();
  assertEquals(audience.asked.value, null);
  call.connect();
  await becomes(audience.asked, (asked) => asked !== null);
  presenter.dropSnapshot();
  await becomes(audience.asked, (asked) => asked === null);

  presenter.askSnapshot();
  await becomes(audience.asked, (asked) => asked !== null);
  await audience.allow();
  await becomes(presenter.snapshot, ({ kind }) => kind === "failed");
  await call.quiet();
});

Deno.test("[S8] after a call nothing of it is shown or asked on either side", async () => {
  const call = new Call();
  call.connect();
  const { presenter, audience } = call;
  presenter.askSnapshot();
  await becomes(audience.asked, (asked) => asked !== null);
  presenter.freeze();
  presenter.point([1, 1]);
  presenter.end();
  audience.end();
  assertEquals(presenter.ground.value.kind, "live");
  assertEquals(presenter.snapshot.value.kind, "none");
  assertEquals([audience.asked.value, audience.pointer.value, audience.picture.value], [
    null,
    null,
    null,
  ]);
  await call.quiet();
  assertEquals(audience.pointer.value, null);
});

Deno.test("[S8] after a call a device waits for no picture of it any more", async () => {
  const call = new Call();
  call.connect();
  const id = "frozen1";
  const scene = { picture: { id, held: true }, marks: [] };
  await call.bySide.technician.tell({ type: "show_scene", page: "page1", rev: 1_000, scene });
  const announced = { type: "picture", picture: id, width: 8, height: 8, bytes: 9 } as const;
  await call.bySide.technician.tell({ ...announced, copy: 1 });
  await call.quiet();
  assertEquals(call.said.includes("picture_ask"), true, "it is wanted while the call goes on");
  call.audience.end();
  call.said.length = 0;
  await call.bySide.technician.tell({ ...announced, copy: 2 });
  await call.quiet();
  assertEquals(call.said, ["picture"]);
});

Deno.test("what is shown keeps a pace the media node allows, and does not pile up on a thin line", async () => {
  const arriving: (() => void)[] = [];
  const pauses: { readonly run: () => void; readonly milliseconds: number }[] = [];
  let said = 0;
  const courier = new Courier(
    () => {
      said++;
      return new Promise((resolve) => arriving.push(() => resolve(true)));
    },
    [() => ({ type: "show_pointer", at: null })],
    (run, milliseconds) => void pauses.push({ run, milliseconds }),
  );
  courier.wake();
  courier.wake();
  assertEquals(said, 1, "one, then a pause");
  for (let n = 0; n < 5; n++) pauses.shift()?.run();
  assertEquals(said, 3, "three on their way, and no more until one arrives");
  for (let n = 0; n < 20; n++) {
    arriving.shift()?.();
    await Promise.resolve().then(() => {}).then(() => {});
    const paused = pauses.shift();
    assertEquals([said, paused?.milliseconds], [4 + n, 40]);
    paused?.run();
  }
});
