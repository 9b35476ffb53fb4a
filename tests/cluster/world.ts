/** A whole cluster for a test, and the people on it: their pages are those of tests/faults. */
import { Cluster } from "../../tasks/cluster_plan.ts";
import type { Part } from "../../tasks/cluster_part.ts";
import type { Dice } from "../faults/dice.ts";
import type { FaultPage } from "../faults/page.ts";
import { LETS_WRITES_FAIL, RING_SECONDS } from "../faults/product.ts";
import { makePeople, openPages, type People, type Served, type World } from "../faults/world.ts";
import { until } from "../support/waiting.ts";

/** A cluster as a run looks at it. */
class ServedByMany implements Served {
  readonly broken: string[] = [];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  get printed(): string {
    return this.#cluster.web.map(({ printed }) => printed).join("");
  }
}

/** A cluster without media nodes, with people in its database. */
export interface Town {
  readonly cluster: Cluster;
  readonly people: People;
  readonly served: ServedByMany;
}

/** Starts it; the stack ends it. */
export async function openTown(stack: AsyncDisposableStack): Promise<Town> {
  const cluster = await openCluster(stack, 0, { RING_SECONDS: String(RING_SECONDS) });
  return {
    cluster,
    people: await makePeople(cluster.database),
    served: new ServedByMany(cluster),
  };
}

/** Starts a cluster with so many media nodes; whoever opens its database finds its token. */
export async function openCluster(
  stack: AsyncDisposableStack,
  nodes: number,
  env: Record<string, string> = {},
): Promise<Cluster> {
  const folder = await Deno.makeTempDir({ prefix: "live-support-cluster-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const say = (line: string) => console.log(line);
  const cluster = stack.use(
    await Cluster.start({ folder, web: 2, nodes, env, say, beforeDatabase: LETS_WRITES_FAIL }),
  );
  Deno.env.set("DENO_KV_ACCESS_TOKEN", cluster.token);
  return cluster;
}

/** Everybody's pages, behind the balancer. */
export async function openWorldBehindBalancer(
  dice: Dice,
  stack: AsyncDisposableStack,
  { cluster, people, served }: Town,
): Promise<World> {
  return await openPages(dice, stack, people, served, portOf(cluster.origin));
}

/** The port of an address. */
export function portOf(origin: string): number {
  return Number(new URL(origin).port);
}

/** Waits until a process may be sent pages, as the balancer asks it. */
export async function ready(cluster: Cluster, web: Part): Promise<void> {
  const origin = cluster.webOrigins[cluster.web.indexOf(web)];
  await until(`${web.name} is ready`, async () => {
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    await answer?.body?.cancel();
    return answer?.status;
  }, (status) => status === 200);
}

/** How long pages are away while they are watched. */
export class Absences implements Disposable {
  readonly #stops: (() => void)[] = [];
  /** When pages noticed and when they were back, by `performance.now()`; Infinity: not yet. */
  readonly #all: { readonly from: number; to: number }[] = [];

  constructor(pages: readonly FaultPage[]) {
    for (const page of pages) this.#watch(page);
  }

  /**
   * How long it took until each was back, in milliseconds, the shortest first: since `harm` was done,
   * for nobody notices at once that a process hangs; where it is not given, since the page noticed.
   */
  since(harm?: number): number[] {
    const now = performance.now();
    return this.#all.map(({ from, to }) => Math.round(Math.min(to, now) - (harm ?? from)))
      .sort((a, b) => a - b);
  }

  [Symbol.dispose](): void {
    for (const stop of this.#stops) stop();
  }

  /** Somebody who reloads an absent page goes on waiting; loading one is no absence. */
  #watch(page: FaultPage): void {
    let absence: { readonly from: number; to: number } | null = null;
    let stop = () => {};
    const follow = () => {
      stop();
      let wasOnline = false;
      stop = page.live.connected.subscribe(({ kind }) => {
        if (kind === "online") {
          wasOnline = true;
          if (absence !== null) absence.to = performance.now();
          absence = null;
        } else if (wasOnline && absence === null) {
          absence = { from: performance.now(), to: Infinity };
          this.#all.push(absence);
        }
      });
    };
    follow();
    this.#stops.push(page.onReload(follow), () => stop());
  }
}
