/** What may happen to the network of a device in a call ; a new case is one more entry. */
import { type DeviceNetwork, GOOD } from "./device_network.ts";
import type { Path } from "./far_call.ts";

/** A change of the device's network in mid-call. */
export interface Case {
  readonly name: string;
  readonly change: (network: DeviceNetwork) => Promise<void>;
  /** How the device's packets may travel afterwards. */
  readonly paths: readonly Path[];
  /** The call was on a path that is gone, and has to find another one. */
  readonly breaks: boolean;
  /** Part of the test that runs in the gate; the others are parts of a harder one. */
  readonly story: boolean;
}

/** All of them, in an order in which one call lives through them all. */
export const CASES = [
  { name: "nothing changes", change: async () => {}, paths: ["UDP"], breaks: false, story: false },
  {
    name: "200 ms round trip",
    change: (network) => network.become({ ...GOOD, delay: 100 }),
    paths: ["UDP"],
    breaks: false,
    story: false,
  },
  {
    name: "10 % of the packets lost",
    change: (network) => network.become({ ...GOOD, loss: 10 }),
    paths: ["UDP"],
    breaks: false,
    story: false,
  },
  {
    name: "300 kbit/s",
    change: (network) => network.become({ ...GOOD, rate: 300 }),
    paths: ["UDP"],
    breaks: false,
    story: false,
  },
  {
    name: "200 ms, 10 % lost, 300 kbit/s",
    change: (network) => network.become({ ...GOOD, delay: 100, loss: 10, rate: 300 }),
    paths: ["UDP"],
    breaks: false,
    story: true,
  },
  {
    name: "Wi-Fi to LTE",
    change: (network) => network.moveTo("lte"),
    paths: ["UDP"],
    breaks: true,
    story: true,
  },
  {
    name: "another address, and nobody says so",
    change: (network) => network.renumber(),
    paths: ["UDP"],
    breaks: true,
    story: true,
  },
  {
    name: "UDP blocked",
    change: (network) => network.become({ ...GOOD, passes: "tcp" }),
    // TURN gets through as well; browsers take what answers first.
    paths: ["TCP", "Relay (TURN)"],
    breaks: true,
    story: true,
  },
  {
    name: "all but port 443 blocked",
    change: (network) => network.become({ ...GOOD, passes: "443" }),
    paths: ["Relay (TURN)"],
    breaks: true,
    story: true,
  },
] as const satisfies readonly Case[];
