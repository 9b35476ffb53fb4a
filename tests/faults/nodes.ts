/** Media nodes in processes of their own, through all their lives. */
import { MediaNodeStore } from "../../store/media_nodes.ts";
import { openKv } from "../../store/kv.ts";
import { MediaProcess } from "../support/media_process.ts";
import { until } from "../support/waiting.ts";
import type { Dice } from "./dice.ts";
import { isRunning } from "./processes.ts";
import { clockSettings, kvOf, pass } from "./product.ts";
import type { FaultWorld } from "./world.ts";

const NAMES = ["node-a", "node-b"];

/** Two nodes that register with the product of a world. */
export class Nodes implements AsyncDisposable {
  readonly #world: FaultWorld;
  /** They share a machine, and so its clock: machines apart have theirs set by NTP (docs/DEPLOY.md). */
  readonly #clock: Readonly<Record<string, string>>;
  readonly #nodes: MediaProcess[];
  readonly #lost = new Set<string>();

  private constructor(world: FaultWorld, clock: Readonly<Record<string, string>>) {
    this.#world = world;
    this.#clock = clock;
    this.#nodes = NAMES.map((name) => this.#start(name));
  }

  /** Starts them; resolves when both may be sent calls. */
  static async start(world: FaultWorld): Promise<Nodes> {
    const nodes = new Nodes(world, await clockSettings(world.folder));
    await Promise.all(nodes.#nodes.map((node) => node.ready()));
    return nodes;
  }

  /** A node dies, and its workers with it or not; a new one takes its name. */
  async kill(dice: Dice): Promise<void> {
    await this.#replace(dice, (node) => node.signal("SIGKILL", dice.next() < 0.5));
  }

  /** A node is told to go, has its calls go first, and comes back. */
  async drain(dice: Dice): Promise<void> {
    await this.#replace(dice, (node) => node.signal("SIGTERM"));
  }

  /** A node stands still for `ms`, or only its workers do. */
  async freeze(dice: Dice, ms: number): Promise<void> {
    const node = dice.pick(this.#nodes);
    const workers = await node.workers();
    if (dice.next() < 0.5) await node.stopWorkers();
    else await node.signal("SIGSTOP", dice.next() < 0.5);
    await pass(ms);
    await node.signal("SIGCONT");
    for (const pid of workers) if (await isRunning(pid)) Deno.kill(pid, "SIGCONT");
  }

  /** The workers of a node die. */
  async killWorkers(dice: Dice): Promise<void> {
    for (const pid of await dice.pick(this.#nodes).workers()) Deno.kill(pid, "SIGKILL");
  }

  /** The node with this name dies, for good. */
  async lose(name: string): Promise<void> {
    this.#lost.add(name);
    await this.#nodes.find(({ id }) => id === name)?.signal("SIGKILL", true);
  }

  /** Resolves when every node that is left has said that it carries nothing any more. */
  async empty(): Promise<void> {
    const kv = await openKv(kvOf(this.#world.folder));
    try {
      const store = new MediaNodeStore(kv, Date.now);
      const carried = async () =>
        (await store.list()).filter(({ id }) => !this.#lost.has(id)).map(({ load }) => load);
      await until(
        "no node has a room left",
        carried,
        (loads) => loads.every(({ rooms, peers }) => rooms === 0 && peers === 0),
      );
    } finally {
      kv.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const node of this.#nodes) await node[Symbol.asyncDispose]();
  }

  async #replace(dice: Dice, end: (node: MediaProcess) => Promise<void>): Promise<void> {
    const at = dice.between(0, this.#nodes.length - 1);
    const node = this.#nodes[at];
    if (node === undefined) return;
    await end(node);
    await node.ended();
    await node[Symbol.asyncDispose]();
    this.#nodes[at] = this.#start(node.id);
  }

  #start(name: string): MediaProcess {
    const web = `http://127.0.0.1:${this.#world.product.port}`;
    return MediaProcess.start(name, web, this.#clock);
  }
}
