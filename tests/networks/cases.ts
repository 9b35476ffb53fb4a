/** What may happen to the network of a device in a call; a new case is one more entry. */
import { bothWays, type Conditions, type DeviceNetwork, GOOD } from "./device_network.ts";
import type { Course, Path } from "./far_call.ts";

/** A network, and what becomes of it in mid-call. */
export interface Case {
  readonly name: string;
  /** How it is when the call begins; nothing: as at first. */
  readonly before?: (network: DeviceNetwork) => Promise<void>;
  readonly course: Course;
  /** How the device's packets may travel afterwards. */
  readonly paths: readonly Path[];
  /** The call was on a path that is gone, and has to find one again. */
  readonly breaks: boolean;
  /** Part of the test that runs in the gate; the others are parts of a harder one. */
  readonly story: boolean;
  /** Texts arrive too late to wait for; that all do is looked at in a good network afterwards. */
  readonly lateTexts?: true;
}

/** TURN gets through as well where TCP does; browsers take what answers first. */
const BY_TCP: readonly Path[] = ["TCP", "Relay (TURN)"];
const FIREWALL: Conditions = { ...GOOD, passes: "tcp" };

/** All but the blackouts, in an order in which one call lives through those of the story. */
export const CASES: readonly Case[] = [
  {
    name: "nothing changes",
    course: { change: async () => {} },
    paths: ["UDP"],
    breaks: false,
    story: false,
  },
  {
    name: "200 ms round trip",
    course: becomes({ ...GOOD, delay: 100 }),
    paths: ["UDP"],
    breaks: false,
    story: false,
  },
  {
    name: "10 % of the packets lost",
    course: becomes({ ...GOOD, loss: 10 }),
    paths: ["UDP"],
    breaks: false,
    story: false,
  },
  {
    name: "5 % lost in bursts of 200 ms",
    course: becomes({ ...GOOD, fades: { percent: 5, lasting: 200 } }),
    paths: ["UDP"],
    breaks: false,
    story: false,
  },
  {
    name: "300 kbit/s",
    course: becomes({ ...GOOD, rate: bothWays(300) }),
    paths: ["UDP"],
    breaks: false,
    story: false,
  },
  {
    name: "1 Mbit/s down, 64 kbit/s up",
    course: becomes({ ...GOOD, rate: { up: 64, down: 1_000 } }),
    paths: ["UDP"],
    breaks: false,
    story: false,
    lateTexts: true,
  },
  {
    name: "200 ms, 10 % lost, 300 kbit/s",
    course: becomes({ ...GOOD, delay: 100, loss: 10, rate: bothWays(300) }),
    paths: ["UDP"],
    breaks: false,
    story: true,
  },
  {
    name: "TCP alone, 300 kbit/s",
    before: (network) => network.become(FIREWALL),
    course: becomes({ ...FIREWALL, rate: bothWays(300) }),
    paths: BY_TCP,
    breaks: false,
    story: false,
  },
  {
    name: "TCP alone, 200 ms round trip",
    before: (network) => network.become(FIREWALL),
    course: becomes({ ...FIREWALL, delay: 100 }),
    paths: BY_TCP,
    breaks: false,
    story: false,
  },
  {
    name: "Wi-Fi to LTE",
    course: { change: (network) => network.moveTo("lte") },
    paths: ["UDP"],
    breaks: true,
    story: true,
  },
  {
    name: "another address, and nobody says so",
    course: { change: (network) => network.renumber() },
    paths: ["UDP"],
    breaks: true,
    story: true,
  },
  {
    name: "NAT with other ports",
    before: (network) => network.nat.begin(),
    course: { change: (network) => network.nat.changePorts() },
    paths: ["UDP"],
    breaks: true,
    story: false,
  },
  {
    name: "NAT with another address",
    before: (network) => network.nat.begin(),
    course: { change: (network) => network.nat.changeAddress() },
    paths: ["UDP"],
    breaks: true,
    story: false,
  },
  {
    name: "UDP blocked",
    course: becomes(FIREWALL),
    paths: BY_TCP,
    breaks: true,
    story: true,
  },
  {
    name: "all but port 443 blocked",
    course: becomes({ ...GOOD, passes: "443" }),
    paths: ["Relay (TURN)"],
    breaks: true,
    story: true,
  },
];

/** Nothing passes for so many seconds, then everything does again; nobody says so. */
export const BLACKOUTS: readonly number[] = [3, 8, 20];

/** What a blackout of so many seconds is. */
export function blackout(seconds: number): Course {
  return {
    ...becomes({ ...GOOD, passes: "nothing" }),
    then: { after: seconds, ...becomes(GOOD) },
  };
}

/** Networks in which calls begin. */
export const BEGINNINGS = [
  { name: "no firewall", conditions: GOOD, paths: ["UDP"] },
  { name: "UDP blocked", conditions: FIREWALL, paths: BY_TCP },
  {
    name: "all but port 443 blocked",
    conditions: { ...GOOD, passes: "443" },
    paths: ["Relay (TURN)"],
  },
] as const satisfies readonly {
  readonly name: string;
  readonly conditions: Conditions;
  readonly paths: readonly Path[];
}[];

function becomes(conditions: Conditions): Course {
  return { change: (network) => network.become(conditions) };
}
