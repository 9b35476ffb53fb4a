/** The device's network: what the kernel does to every packet between it and the rest. */
import { type Lab, WAYS } from "./lab.ts";
import { AddressTranslation } from "./address_translation.ts";

/** What a network does. */
export interface Conditions {
  /** Every packet takes so many milliseconds more, each way. */
  readonly delay: number;
  /** So many packets of a hundred are lost, each by itself. */
  readonly loss: number;
  /** Nothing gets through for a while, again and again; null: that does not happen. */
  readonly fades: Fades | null;
  /** Kilobits a second; null: as fast as they come. */
  readonly rate: Rate | null;
  /** What a firewall lets out: TCP to any port, or to 443 alone. In a tunnel nothing passes. */
  readonly passes: "everything" | "tcp" | "443" | "nothing";
}

/** As radio has them. */
export interface Fades {
  /** The part of the time, in percent. */
  readonly percent: number;
  /** How long each lasts on average, in milliseconds. */
  readonly lasting: number;
}

/** What the device can send and be sent, in kilobits a second. */
export interface Rate {
  readonly up: number;
  readonly down: number;
}

/** A network nobody complains about. */
export const GOOD: Conditions = {
  delay: 0,
  loss: 0,
  fades: null,
  rate: null,
  passes: "everything",
};

/** As slow both ways. */
export function bothWays(rate: number): Rate {
  return { up: rate, down: rate };
}

/** A queue that takes longer than this drops what comes, as routers do. */
const MAX_QUEUE = "latency 400ms burst 4kb";

/** The ways of the device into the internet. */
export type WayName = keyof typeof WAYS;

/** Good and Wi-Fi at first. Disposing of it ends what it started; the lab removes the rest. */
export class DeviceNetwork implements AsyncDisposable {
  /** The NAT between the device and the internet: none at first. */
  readonly nat: AddressTranslation;
  readonly #lab: Lab;
  #line: Deno.ChildProcess | null = null;
  /** What the line was started with. */
  #held = "";
  #way: WayName = "wifi";
  /** It has its other address on this way. */
  #renumbered = false;

  constructor(lab: Lab) {
    this.#lab = lab;
    this.nat = new AddressTranslation(lab);
  }

  /** It is like that from now on. */
  async become(conditions: Conditions): Promise<void> {
    await this.#lab.run("internet", ["nft", "-f", "-"], filter(conditions));
    await this.#limit(conditions.rate);
    await this.#hold(conditions);
  }

  /** It is what it was when it was made. */
  async reset(): Promise<void> {
    await this.become(GOOD);
    await this.nat.remove();
    if (this.#way !== "wifi") await this.moveTo("wifi");
    if (this.#renumbered) await this.renumber();
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
    await this.#hold(GOOD);
  }

  async #limit(rate: Rate | null): Promise<void> {
    const kind = (kbit: number | undefined) =>
      kbit === undefined ? "pfifo limit 1000" : `tbf rate ${kbit}kbit ${MAX_QUEUE}`;
    for (const { here, there } of Object.values(WAYS)) {
      const links = [["device", here, rate?.up], ["internet", there, rate?.down]] as const;
      for (const [place, link, kbit] of links) {
        const command = `tc qdisc replace dev ${link} root ${kind(kbit)}`;
        await this.#lab.run(place, command.split(" "));
      }
    }
  }

  async #hold({ delay, fades }: Conditions): Promise<void> {
    const wanted = [delay, fades?.percent ?? 0, fades?.lasting ?? 0].map(String);
    if (wanted.join() === this.#held) return;
    this.#held = wanted.join();
    const line = this.#line;
    this.#line = null;
    line?.kill("SIGKILL");
    await line?.status;
    if (delay === 0 && fades === null) return;
    this.#line = await this.#startLine(wanted);
    await this.#lab.ip("internet", "link set late up", "route add default dev late table 100");
  }

  async #startLine(how: readonly string[]): Promise<Deno.ChildProcess> {
    const path = new URL("delay_line.ts", import.meta.url).pathname;
    const [program = "", ...args] = [
      ...this.#lab.at("internet"),
      ...[Deno.execPath(), "run", "-A", "--no-check", path, ...how],
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
  return `
table ip conditions
delete table ip conditions
table ip conditions {
  chain out {
    ${lost}
    ${blocked(passes, "dport")}
  }
  chain in {
    ${lost}
    ${blocked(passes, "sport")}
  }
  chain between {
    type filter hook forward priority 0; policy accept;
    iifname ${links} jump out
    oifname ${links} jump in
  }
}
`;
}

/** Drops what does not pass; the far end's port is this one of a packet. */
function blocked(passes: Conditions["passes"], port: "dport" | "sport"): string {
  switch (passes) {
    case "everything":
      return "";
    case "tcp":
      return "meta l4proto != tcp drop";
    case "443":
      return `meta l4proto != tcp drop\n    tcp ${port} != 443 drop`;
    case "nothing":
      return "drop";
  }
}
