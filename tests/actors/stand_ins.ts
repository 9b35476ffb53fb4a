/** What stands in for media nodes, push services and time in the actors' tests. */
import type { Clock, PushPort } from "../../actors/ports.ts";
import type { MediaPort } from "../../protocol/media_port.ts";
import { reject } from "../../protocol/errors.ts";
import type { PushMessage } from "../../protocol/push.ts";
import type { MediaStatus } from "../../protocol/service.ts";

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
