/** Hubs on a real Deno KV with pages that are driven frame by frame: what the actor tests play in. */
import { assert } from "@std/assert";
import { type Hub, openHub } from "../../actors/hub.ts";
import type { Load } from "../../actors/load.ts";
import { type Clock, type HubStore, systemClock } from "../../actors/ports.ts";
import type { Subject } from "../../log/events.ts";
import { divertLog } from "../../log/log.ts";
import type { Device } from "../../store/device.ts";
import { DeviceStore } from "../../store/devices.ts";
import { peopleKeys } from "../../store/keys.ts";
import { openHubStore } from "../../store/hub_store.ts";
import { openStores } from "../../store/mod.ts";
import { PolicyStore } from "../../store/policy.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT } from "../../store/sessions.ts";
import { SignInStore } from "../../store/sign_ins.ts";
import type { Technician } from "../../store/technicians.ts";
import { RecordingMedia, RecordingPush } from "./stand_ins.ts";

/** `store` with some of its parts replaced. */
export function replaced(
  store: HubStore,
  parts: Partial<Omit<HubStore, "sessions" | "presence">> & {
    readonly sessions?: Partial<HubStore["sessions"]>;
    readonly presence?: Partial<HubStore["presence"]>;
  },
): HubStore {
  return {
    ...store,
    ...parts,
    sessions: overlay(store.sessions, parts.sessions ?? {}),
    presence: overlay(store.presence, parts.presence ?? {}),
  };
}

/** `original`, whose methods keep their own `this`, with `parts` in front. */
export function overlay<T extends object>(original: T, parts: Partial<T>): T {
  return new Proxy(original, {
    get(target, name) {
      if (name in parts) return Reflect.get(parts, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A promise that a test resolves when it is time. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** Silences what a test provokes the server to log, and waits for what it reads in vain. */
export function quietly(): Disposable & { hearsUnread(what: Subject): Promise<void> } {
  const waiting = new Map<unknown, () => void>();
  const diverted = divertLog(({ fields }) => waiting.get(fields.what)?.());
  return {
    hearsUnread: (what) => new Promise((heard) => waiting.set(what, heard)),
    [Symbol.dispose]: () => diverted[Symbol.dispose](),
  };
}

/** One Deno KV with any number of hubs on it, as one process each. */
export class World {
  readonly kv: Deno.Kv;
  readonly media = new RecordingMedia();
  readonly push = new RecordingPush();
  /** The build that is served. */
  build = "build-1";
  /** How loaded every process is. */
  load: Load = "calm";
  /** By the event loop alone. */
  loop: Load = "calm";
  readonly clock: Clock;
  readonly devices: DeviceStore;
  readonly policy: PolicyStore;
  #hubs: Hub[] = [];

  private constructor(kv: Deno.Kv, clock: Clock) {
    this.kv = kv;
    this.clock = clock;
    this.devices = new DeviceStore(kv);
    this.policy = new PolicyStore(kv);
  }

  static async open(options: { path?: string; clock?: Clock } = {}): Promise<World> {
    return new World(await Deno.openKv(options.path ?? ":memory:"), options.clock ?? systemClock);
  }

  /** The store as the process named `process` sees it; `now` is the world's clock. */
  store(process: string, now = () => this.clock.now()) {
    return openHubStore(this.kv, openStores(this.kv), process, now);
  }

  /**
   * Another process on the same data. All share one handle: a KV file belongs to one process, a
   * second handle finds it locked; several processes meet on a KV server (docs/DEPLOY). `change`
   * puts a store that fails or waits in its store's place.
   */
  async hub(change: (store: HubStore) => HubStore = (store) => store): Promise<Hub> {
    const hub = await openHub({
      store: change(this.store(crypto.randomUUID())),
      media: this.media,
      push: this.push,
      build: () => this.build,
      clock: this.clock,
      ringFor: 60_000,
      load: this,
      commitLimits: { maxMessages: MAX_MESSAGES_A_COMMIT, maxText: MAX_TEXT_A_COMMIT },
    });
    this.#hubs.push(hub);
    return hub;
  }

  /** An installed device. */
  async device(name = "Till 4"): Promise<Device> {
    const device = await this.devices.create(name, this.clock.now());
    const installed = await this.devices.markInstalled(device.id, this.clock.now());
    assert(installed !== null);
    return installed;
  }

  /** A signed-in technician. */
  async technician(name = "Maria Keller") {
    const id = crypto.randomUUID();
    const technician: Technician = {
      id,
      name,
      email: `${id}@example.org`,
      role: "technician",
      createdAt: this.clock.now(),
    };
    await this.kv.set(peopleKeys.technician(id), technician);
    const signInHash = crypto.randomUUID();
    await new SignInStore(this.kv).create(signInHash, id, this.clock.now());
    return { technician: { id, name }, signInHash };
  }

  async [Symbol.asyncDispose]() {
    for (const hub of this.#hubs) await hub.close();
    this.kv.close();
  }
}
