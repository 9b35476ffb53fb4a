/** Hubs on a real Deno KV with pages that are driven frame by frame: what the actor tests play in. */
import { assert } from "@std/assert";
import { type Hub, openHub } from "../../actors/hub.ts";
import type { Load } from "../../actors/load.ts";
import {
  type Clock,
  type HubStore,
  type PageHandler,
  type PushPort,
  systemClock,
} from "../../actors/ports.ts";
import type { Subject } from "../../log/events.ts";
import { divertLog } from "../../log/log.ts";
import { PROTOCOL_VERSION } from "../../protocol/frames.ts";
import type { MediaPort } from "../../protocol/media_port.ts";
import type { Command, ServerMessage } from "../../protocol/messages.ts";
import { reject } from "../../protocol/errors.ts";
import type { PushMessage } from "../../protocol/push.ts";
import type { Message } from "../../protocol/session.ts";
import type { MediaStatus } from "../../protocol/service.ts";
import type { Device } from "../../store/device.ts";
import { DeviceStore } from "../../store/devices.ts";
import { peopleKeys } from "../../store/keys.ts";
import { openHubStore } from "../../store/hub_store.ts";
import { openStores } from "../../store/mod.ts";
import { PolicyStore } from "../../store/policy.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT } from "../../store/sessions.ts";
import { SignInStore } from "../../store/sign_ins.ts";
import type { Technician } from "../../store/technicians.ts";
import { within } from "../support/waiting.ts";

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

/** A media node that only remembers what it was told. */
export class RecordingMedia implements MediaPort {
  readonly told: string[] = [];
  current: MediaStatus = { state: "ready" };
  node: string | null = "node";

  status() {
    return this.current;
  }
  onStatus() {
    return () => {};
  }
  /** A call that has to leave `node` can go to this one. */
  spare: string | null = null;

  nodeId(but: readonly string[] = []) {
    return [this.node, this.spare].find((id) => id !== null && !but.includes(id)) ?? null;
  }
  /** Nodes that are not there any more, and those that want to go. */
  readonly gone = new Set<string>();
  readonly leaving = new Set<string>();
  readonly #onLeaving: ((node: string) => void)[] = [];

  placed(node: string) {
    this.told.push(`placed ${node}`);
  }
  standing(node: string) {
    if (this.gone.has(node)) return Promise.resolve("gone" as const);
    return Promise.resolve(this.leaving.has(node) ? "leaving" as const : "there" as const);
  }
  onLeaving(listener: (node: string) => void) {
    this.#onLeaving.push(listener);
    return () => {};
  }
  /** This node wants to go. */
  leave(node: string) {
    this.leaving.add(node);
    for (const listener of this.#onLeaving) listener(node);
  }
  ticket(claims: Parameters<MediaPort["ticket"]>[0]) {
    const { node, move } = claims;
    return Promise.resolve({ url: "/media/socket", token: JSON.stringify(claims), node, move });
  }
  probeTicket(device: string) {
    const node = this.node ?? "";
    return Promise.resolve({ url: "/media/socket", token: `probe ${device}`, node, move: 0 });
  }
  restrict(session: string, allowed: { voice: boolean; video: boolean }) {
    this.told.push(`restrict ${session} ${JSON.stringify(allowed)}`);
  }
  closeRoom(session: string, call: number) {
    this.told.push(`close ${session} ${call}`);
  }
  leaveRoom(session: string, { call, move }: { call: number; move: number }, node: string) {
    this.told.push(`leave ${session} ${call}.${move} on ${node}`);
  }
}

/** A push service that takes everything and remembers it. */
export class RecordingPush implements PushPort {
  readonly publicKey = "key";
  /** "kind to device", or with the browsers it does not go to. */
  readonly told: { readonly device: string; readonly message: PushMessage }[] = [];
  /** How many of its one browser take it. */
  takes: 0 | 1 = 1;
  /** Whether it goes to a browser of that name. */
  goesTo = "browser";

  refusal({ endpoint }: { endpoint: string }) {
    return Promise.resolve(endpoint.startsWith("https:") ? null : reject("bad_push_address"));
  }
  send({ device, browsers }: Parameters<PushPort["send"]>[0], message: PushMessage) {
    if (browsers?.(this.goesTo) === false) return Promise.resolve({ taken: 0, failed: 0 });
    this.told.push({ device, message });
    return Promise.resolve({ taken: this.takes, failed: 1 - this.takes });
  }
  close() {}
}

/** A clock that tests move; what is due runs when it moves. */
export class TestClock implements Clock {
  #due: { elapsed: number; run: () => void }[] = [];
  #now = Date.now();
  #elapsed = 0;

  now() {
    return this.#now;
  }
  elapsed() {
    return this.#elapsed;
  }
  after(milliseconds: number, run: () => void) {
    const alarm = { elapsed: this.#elapsed + milliseconds, run };
    this.#due.push(alarm);
    return () => {
      this.#due = this.#due.filter((other) => other !== alarm);
    };
  }
  every(milliseconds: number, run: () => void) {
    let callOff = () => {};
    const again = () => {
      callOff = this.after(milliseconds, () => {
        again();
        run();
      });
    };
    again();
    return () => callOff();
  }
  advance(milliseconds: number) {
    this.#now += milliseconds;
    this.#elapsed += milliseconds;
    const due = this.#due.filter(({ elapsed }) => elapsed <= this.#elapsed);
    this.#due = this.#due.filter(({ elapsed }) => elapsed > this.#elapsed);
    for (const { run } of due) run();
  }
  /** Somebody sets the clock on the wall: no time goes by. */
  jump(milliseconds: number) {
    this.#now += milliseconds;
  }
}

/** A page: collects what it is sent; waits for conditions, never for time. */
export class Page {
  readonly frames: ServerMessage[] = [];
  readonly client: string;
  closedWith: string | null = null;
  /** Bytes its network has not taken yet. */
  buffered = 0;
  #handler: PageHandler | null = null;
  #waiting: { met: () => boolean; done: () => void }[] = [];
  #nextId = 1;

  constructor(client: string) {
    this.client = client;
  }

  /** Connects through `connect` and says hello. */
  open(
    connect: (connection: Parameters<Hub["connectDevice"]>[1]) => PageHandler,
    lastSeq: Record<string, number> = {},
  ): this {
    const buffered = () => this.buffered;
    this.#handler = connect({
      send: (frame) => {
        this.frames.push(JSON.parse(frame));
        this.#check();
      },
      close: (reason) => {
        this.closedWith = reason;
        this.close();
        this.#check();
      },
      get buffered() {
        return buffered();
      },
    });
    this.raw({ type: "hello", version: PROTOCOL_VERSION, client: this.client, lastSeq });
    return this;
  }

  /** Drops the connection, as a dead network would. */
  close() {
    const handler = this.#handler;
    this.#handler = null;
    handler?.closed();
  }

  /** Sends any frame. */
  raw(frame: unknown) {
    this.#handler?.receive(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Sends a command and waits for its answer: the ack, or the code of the refusal. */
  async ask(command: Command): Promise<ServerMessage & ({ type: "ack" } | { type: "rejected" })> {
    const id = this.#nextId++;
    this.raw({ ...command, id });
    return await this.find((m) =>
      (m.type === "ack" || m.type === "rejected") && m.id === id ? m : undefined
    );
  }

  /** Sends a command that must be accepted. */
  async must(command: Command) {
    const answer = await this.ask(command);
    assert(answer.type === "ack", JSON.stringify(answer));
    return answer;
  }

  /** Sends a command that must be refused, and returns the code. */
  async refused(command: Command): Promise<string> {
    const answer = await this.ask(command);
    assert(answer.type === "rejected", JSON.stringify(answer));
    return answer.code;
  }

  /** The first frame for which `pick` answers something, now or later. */
  async find<T>(pick: (message: ServerMessage) => T | undefined): Promise<T> {
    let found: T | undefined;
    const met = () => this.frames.some((frame) => (found = pick(frame)) !== undefined);
    await this.until(met);
    assert(found !== undefined);
    return found;
  }

  /** Waits until `met`, looked at whenever a frame arrives or the connection closes. */
  async until(met: () => boolean): Promise<void> {
    if (met()) return;
    const heard = new Promise<void>((done) => this.#waiting.push({ met, done }));
    await within("the page hears what it waits for", heard);
  }

  /** The newest view of a session. */
  view(session: string) {
    const views = this.frames.flatMap((f) =>
      f.type === "session" && f.session.id === session ? [f.session] : []
    );
    return views.at(-1);
  }

  /** All messages of a session, in the order in which they came. */
  messages(session: string): Message[] {
    return this.frames.flatMap((f) =>
      f.type === "session" && f.session.id === session ? [...f.messages] : []
    );
  }

  #check() {
    const met = this.#waiting.filter((waiting) => waiting.met());
    this.#waiting = this.#waiting.filter((waiting) => !met.includes(waiting));
    for (const { done } of met) done();
  }
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
