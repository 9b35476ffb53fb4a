/** The device's network: what the kernel does to every packet between it and the rest. */
import { type Lab, WAYS } from "./lab.ts";

/** What a network does, both ways alike. */
export interface Conditions {
  /** Every packet takes so many milliseconds more, each way. */
  readonly delay: number;
  /** So many packets of a hundred are lost. */
  readonly loss: number;
  /** Kilobits a second; null: as fast as they come. */
  readonly rate: number | null;
  /** What a firewall lets out: TCP to any port, or to 443 alone. */
  readonly passes: "everything" | "tcp" | "443";
}

/** A network nobody complains about. */
export const GOOD: Conditions = { delay: 0, loss: 0, rate: null, passes: "everything" };

/** A queue that takes longer than this drops what comes, as routers do. */
const MAX_QUEUE = "latency 400ms burst 4kb";

/** The ways of the device into the internet. */
export type WayName = keyof typeof WAYS;

/** Good and Wi-Fi at first. Disposing of it ends what it started; the lab removes the rest. */
export class DeviceNetwork implements AsyncDisposable {
  readonly #lab: Lab;
  #line: Deno.ChildProcess | null = null;
  #delay = 0;
  #way: WayName = "wifi";
  /** It has its other address on this way. */
  #renumbered = false;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** It is like that from now on. */
  async become(conditions: Conditions): Promise<void> {
    await this.#lab.run("internet", ["nft", "-f", "-"], filter(conditions));
    await this.#limit(conditions.rate);
    if (conditions.delay !== this.#delay) await this.#hold(conditions.delay);
  }

  /** The device leaves the way it is on and takes the other one: another link, another address. */
  async moveTo(way: WayName): Promise<void> {
    if (this.#renumbered) await this.renumber();
    const left = WAYS[this.#way];
    this.#way = way;
    const { here, gateway } = WAYS[way];
    await this.#lab.ip(
      "device",
      `link set ${left.here} down`,
      `link set ${here} up`,
      `route replace default via ${gateway} dev ${here}`,
    );
  }

  /**
   * The way the device is on gives it another address, as a router that was restarted does: the link
   * stays up, and what was sent from the old address is not answered any more.
   */
  async renumber(): Promise<void> {
    const { here, address, other, gateway } = WAYS[this.#way];
    const [from, to] = this.#renumbered ? [other, address] : [address, other];
    this.#renumbered = !this.#renumbered;
    await this.#lab.ip(
      "device",
      `address delete ${from}/25 dev ${here}`,
      `address add ${to}/25 dev ${here}`,
      `route replace default via ${gateway} dev ${here}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hold(0);
  }

  async #limit(rate: number | null): Promise<void> {
    const kind = rate === null ? "pfifo limit 1000" : `tbf rate ${rate}kbit ${MAX_QUEUE}`;
    for (const { here, there } of Object.values(WAYS)) {
      for (const [place, link] of [["device", here], ["internet", there]] as const) {
        const command = `tc qdisc replace dev ${link} root ${kind}`;
        await this.#lab.run(place, command.split(" "));
      }
    }
  }

  async #hold(delay: number): Promise<void> {
    const line = this.#line;
    this.#line = null;
    this.#delay = delay;
    line?.kill("SIGKILL");
    await line?.status;
    if (delay === 0) return;
    this.#line = await this.#startLine(delay);
    await this.#lab.ip("internet", "link set late up", "route add default dev late table 100");
  }

  async #startLine(delay: number): Promise<Deno.ChildProcess> {
    const path = new URL("delay_line.ts", import.meta.url).pathname;
    const [program = "", ...args] = [
      ...this.#lab.at("internet"),
      ...[Deno.execPath(), "run", "-A", "--no-check", path, String(delay)],
    ];
    const line = new Deno.Command(program, { args, stdin: "null", stdout: "piped" }).spawn();
    // The first thing it says is that it is there; it says nothing else.
    const reader = line.stdout.getReader();
    const { done } = await reader.read();
    reader.releaseLock();
    await line.stdout.cancel();
    if (done) throw new Error(`the delay line ended with ${(await line.status).code}`);
    return line;
  }
}

/** What nftables is told: replaces what it was told before, at one moment. */
function filter({ loss, passes }: Conditions): string {
  const links = `{ ${Object.values(WAYS).map(({ there }) => there).join(", ")} }`;
  const lost = loss === 0 ? "" : `numgen random mod 100 < ${loss} drop`;
  const only = passes === "everything" ? "" : "meta l4proto != tcp drop";
  const port = (end: string) => passes === "443" ? `tcp ${end} != 443 drop` : "";
  return `
table ip conditions
delete table ip conditions
table ip conditions {
  chain out {
    ${lost}
    ${only}
    ${port("dport")}
  }
  chain in {
    ${lost}
    ${only}
    ${port("sport")}
  }
  chain between {
    type filter hook forward priority 0; policy accept;
    iifname ${links} jump out
    oifname ${links} jump in
  }
}
`;
}
