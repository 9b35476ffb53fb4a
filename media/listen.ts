/** Where a node listens for media, and which addresses it tells pages. */
import type { types } from "mediasoup";

/** Where and how a node listens. */
export interface ListenOptions {
  /** The address to bind. Default: every address of {@link localAddresses}, each told to pages. */
  readonly ip?: string;
  /** What pages are told in place of `ip`: the public address of a node behind NAT. */
  readonly announcedAddress?: string;
  /** UDP and TCP port of the first worker; the others take the following ones. 0: any free ones. */
  readonly port: number;
}

/** More addresses than this only slow ICE down. */
const MAX_ADDRESSES = 8;

/** Interfaces of containers and virtual machines on this host: no page comes from there. */
const VIRTUAL = /^(docker|br-|veth|virbr|cni|flannel)/;

/** An IPv4 or IPv6 address and the interface it belongs to. */
export type LocalAddress = Pick<Deno.NetworkInterfaceInfo, "name" | "family" | "address">;

/**
 * The IPv4 addresses that pages may reach this machine by: those of its networks first, so that
 * phones find it, then the loopback address for pages on this machine.
 */
export function localAddresses(
  interfaces: readonly LocalAddress[] = Deno.networkInterfaces(),
): string[] {
  const all = interfaces
    .filter(({ family, name }) => family === "IPv4" && !VIRTUAL.test(name))
    .map(({ address }) => address)
    .filter((address) => !address.startsWith("169.254."));
  const networks = all.filter((address) => !address.startsWith("127."));
  const loopback = all.filter((address) => address.startsWith("127."));
  return [...networks.slice(0, MAX_ADDRESSES - 1), ...loopback.slice(0, 1)];
}

/** mediasoup's listen infos for worker number `index`, UDP before TCP. */
export function listenInfos(options: ListenOptions, index: number): types.TransportListenInfo[] {
  const port = options.port === 0 ? 0 : options.port + index;
  return (["udp", "tcp"] as const).flatMap((protocol) =>
    boundAddresses(options).map((bound) => ({ protocol, port, ...bound }))
  );
}

function boundAddresses(options: ListenOptions): { ip: string; announcedAddress?: string }[] {
  const { ip, announcedAddress } = options;
  if (announcedAddress !== undefined) return [{ ip: ip ?? "0.0.0.0", announcedAddress }];
  if (ip !== undefined && ip !== "0.0.0.0") return [{ ip }];
  const addresses = localAddresses();
  if (addresses.length === 0) throw new Error("this machine has no IPv4 address to listen on");
  return addresses.map((address) => ({ ip: address }));
}
