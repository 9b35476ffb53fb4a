/**
 * Networks of this machine's own, in Linux network namespaces: each person's computer has its own
 * addresses, links and routes, and the kernel itself is the network between them. Nothing in here
 * touches the network of the machine, and nothing is left when it is disposed of.
 *
 *     server 192.0.2.1 ───┐
 *       TURN 192.0.2.2    ├── internet ──┬─ wifi ── wlan0 203.0.113.2   ┐
 *     technician ─────────┘   (routes)   └─ lte ─── wwan0 203.0.113.130 ┴ device
 *       198.51.100.2
 */
import { hasNetworkTools } from "../../tasks/network_tools.ts";

/** The computers, and what lies between them. */
export type Place = "internet" | "server" | "technician" | "device";
const PLACES: readonly Place[] = ["internet", "server", "technician", "device"];

/** The addresses of the server: its pages and media node, and its TURN server. */
export const [SERVER, TURN] = ["192.0.2.1", "192.0.2.2"];

/** What a NAT may show of the device instead of its own address; the internet has them, nobody's link. */
export const PUBLIC = ["198.51.100.200", "198.51.100.201"] as const;

/** A way from the device to the internet: the links' names at the device and at the internet. */
export interface Way {
  readonly here: string;
  readonly there: string;
  readonly address: string;
  /** What else it may be given there. */
  readonly other: string;
  readonly gateway: string;
}

/** The device's two ways (addresses of RFC 5737). */
export const WAYS = {
  wifi: {
    ...{ here: "wlan0", there: "wifi" },
    ...{ address: "203.0.113.2", other: "203.0.113.3", gateway: "203.0.113.126" },
  },
  lte: {
    ...{ here: "wwan0", there: "lte" },
    ...{ address: "203.0.113.130", other: "203.0.113.131", gateway: "203.0.113.254" },
  },
} as const satisfies Record<string, Way>;

/** A command of a network takes no time; after this many milliseconds it hangs. */
const PATIENCE = 10_000;
const PREFIX = "live-support-";

/** A command failed; the message is what it said. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
}

/** Four computers: {@link Lab.open}. */
export class Lab implements AsyncDisposable {
  /** Other runs on this machine have other names. */
  readonly #run = `${PREFIX}${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;

  private constructor() {}

  /** Makes the computers and the links between them. Rejects with {@link CommandFailed}. */
  static async open(): Promise<Lab> {
    await sweep();
    const lab = new Lab();
    try {
      for (const place of PLACES) await run(["ip", "netns", "add", lab.#name(place)]);
      await lab.#connect();
      return lab;
    } catch (error) {
      await lab[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The start of a command that runs at `place`. */
  at(place: Place): string[] {
    return ["ip", "netns", "exec", this.#name(place)];
  }

  /** Runs `ip`'s lines at `place`, e.g. "link set wlan0 up". */
  async ip(place: Place, ...lines: readonly string[]): Promise<void> {
    await run(["ip", "-n", this.#name(place), "-batch", "-"], lines.join("\n"));
  }

  /** Runs a command at `place`; what it printed. */
  async run(place: Place, command: readonly string[], input?: string): Promise<string> {
    return await run([...this.at(place), ...command], input);
  }

  /** Whether something at `place` takes TCP connections on this port. */
  async listens(place: Place, port: number): Promise<boolean> {
    return (await this.run(place, ["ss", "-Hltn", `sport = :${port}`])) !== "";
  }

  /** Ends whatever still runs in it, then removes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const place of PLACES) await remove(this.#name(place));
  }

  #name(place: Place): string {
    return `${this.#run}-${place}`;
  }

  async #connect(): Promise<void> {
    for (const place of PLACES) await this.ip(place, "link set lo up");
    await this.run("internet", ["sh", "-c", ROUTES_EVERYTHING]);
    await this.#link("server", "eth0", "to-server", [SERVER, TURN], "192.0.2.126");
    await this.#link("technician", "eth0", "to-technician", ["198.51.100.2"], "198.51.100.126");
    for (const { here, there, address, gateway } of Object.values(WAYS)) {
      await this.#link("device", here, there, [address], gateway);
    }
    // A device takes one way at a time.
    const { here, gateway } = WAYS.wifi;
    const way = `route replace default via ${gateway} dev ${here}`;
    await this.ip("device", `link set ${WAYS.lte.here} down`, way);
    await this.ip("internet", ...DELAYED);
  }

  async #link(
    place: Place,
    here: string,
    there: string,
    addresses: readonly string[],
    gateway: string,
  ): Promise<void> {
    const internet = this.#name("internet");
    // As on a wire, what is lost and delayed are packets of at most 1500 bytes.
    const wire = "gso_max_segs 1 gso_max_size 1500";
    await this.ip(
      place,
      `link add ${here} ${wire} type veth peer name ${there} netns ${internet}`,
      ...addresses.map((address) => `address add ${address}/25 dev ${here}`),
      `link set ${here} up`,
    );
    await this.ip(
      "internet",
      `link set ${there} ${wire}`,
      `address add ${gateway}/25 dev ${there}`,
      `link set ${there} up`,
    );
    await this.ip(place, `route replace default via ${gateway} dev ${here}`);
  }
}

/** The kernel passes on what is for others, whichever way it came. */
const ROUTES_EVERYTHING = "echo 1 > /proc/sys/net/ipv4/ip_forward; " +
  "for way in all default; do echo 0 > /proc/sys/net/ipv4/conf/$way/rp_filter; done";

/** Table 100 is empty but while a delay line (delay_line.ts) takes what the device sends and gets. */
const DELAYED = [
  "rule add priority 10 iif late lookup main",
  ...Object.values(WAYS).flatMap(({ there, address, other }) => [
    `rule add priority 20 iif ${there} lookup 100`,
    `rule add priority 20 to ${address} lookup 100`,
    `rule add priority 20 to ${other} lookup 100`,
  ]),
];

/** Why none can be opened here, as a sentence; null: they can. */
export async function whyNoLab(): Promise<string | null> {
  if (Deno.uid() !== 0) return "Only root may make networks.";
  if (!await hasNetworkTools()) return "iproute2 (ip, tc) and nftables (nft) are not installed.";
  try {
    await using lab = await Lab.open();
    await lab.run("device", ["tc", "qdisc", "add", "dev", "wlan0", ..."root pfifo".split(" ")]);
    await lab.run("internet", ["nft", "list", "ruleset"]);
    await lab.run("internet", ["test", "-c", "/dev/net/tun"]);
    return null;
  } catch (error) {
    return `This machine does not allow to make networks: ${(error as Error).message}`;
  }
}

/** Removes what runs that were killed have left. */
async function sweep(): Promise<void> {
  for (const line of (await run(["ip", "netns", "list"])).split("\n")) {
    const [name = ""] = line.split(" ");
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (pid === undefined || await exists(`/proc/${pid}`)) continue;
    await remove(name);
  }
}

async function remove(name: string): Promise<void> {
  if (!await exists(`/run/netns/${name}`)) return;
  for (const pid of (await run(["ip", "netns", "pids", name])).split("\n")) {
    if (pid === "") continue;
    try {
      Deno.kill(Number(pid), "SIGKILL");
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error; // It ended by itself.
    }
  }
  await run(["ip", "netns", "delete", name]);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** What the command printed. Rejects with {@link CommandFailed}, also when it hangs. */
async function run([program = "", ...args]: readonly string[], input = ""): Promise<string> {
  const child = new Deno.Command(program, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(PATIENCE),
  }).spawn();
  const writer = child.stdin.getWriter();
  // A command that does not read its input has failed or needs none.
  await writer.write(new TextEncoder().encode(input)).then(() => writer.close()).catch(() => {});
  const { success, stdout, stderr } = await child.output();
  const [said, complained] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes).trim()
  );
  if (success) return said ?? "";
  throw new CommandFailed(`${[program, ...args].join(" ")}: ${complained || said || "it hung"}`);
}
