/** Media nodes as web processes know them: what a node says of itself, and which one takes a call. */
import * as v from "valibot";
import { IdSchema } from "./id.ts";

/** Where nodes register: POST, on any web process. */
export const MEDIA_NODES_PATH = "/api/media-nodes";

/** How often a node says that it lives, in milliseconds. */
export const NODE_RENEW_MS = 2_000;

/** How long a node counts as alive after its last sign, in milliseconds. */
export const NODE_LEASE_MS = 8_000;

/** So many calls a core is taken to carry: a two-way video call takes about 1 % of one. */
const CALLS_A_CORE = 100;

/** From this much CPU use on, 0 to 1, a node takes calls only where every other one is as busy. */
const BUSY = 0.85;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A free word for a place: data centre, region. */
export const LocationSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,40}$/));

/** An http(s) origin, in the form `URL` gives it. */
const OriginSchema = v.pipe(
  v.string(),
  v.maxLength(300),
  v.check((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
  }),
);

/** What a node says of itself. */
export const NodeReportSchema = v.strictObject({
  id: IdSchema,
  /** Where pages and web processes reach it. */
  url: OriginSchema,
  /** Where it stands; null: it was not told. */
  location: v.nullable(LocationSchema),
  /**
   * "preparing": it has no worker yet. "draining": it takes no new calls, and those it has are to go
   * elsewhere. "gone": it ends now.
   */
  state: v.picklist(["preparing", "ready", "unavailable", "draining", "gone"]),
  load: v.strictObject({
    rooms: Count,
    peers: Count,
    /** CPU use of its workers, of the cores given to them. */
    cpu: Share,
    /** How many cores it may use: one for each worker. */
    cores: v.pipe(Count, v.minValue(1)),
  }),
  /**
   * When it was started, in milliseconds since the epoch, by its own clock; tells two runs apart. Later
   * than that of the run before, whatever the clock says: see {@link Registered}.
   */
  started: Count,
  /** Counts the reports of one run, from 1. */
  count: v.pipe(Count, v.minValue(1)),
});

/** A checked {@link NodeReportSchema}. */
export type NodeReport = v.InferOutput<typeof NodeReportSchema>;

/** How busy a node is. */
export type NodeLoad = NodeReport["load"];

/** What is remembered of a node. */
export interface NodeLease extends NodeReport {
  /** Until when it counts as alive, in milliseconds since the epoch. */
  readonly until: number;
  /** A web process found it silent after its last report; absent: none did. */
  readonly silent?: true;
}

/** Whether `report` was made after `known`: what was said before is never believed again. */
export function isNewer(
  report: Pick<NodeReport, "started" | "count">,
  known: Pick<NodeReport, "started" | "count">,
): boolean {
  if (report.started !== known.started) return report.started > known.started;
  return report.count > known.count;
}

/** What became of a report. */
export type Registered =
  | { readonly kind: "taken" }
  /**
   * A later one is known. `over`: when the run was started that made it, if that run is over: a node
   * whose clock was set back since, so that it seems to be older, says that it was started after that.
   * Null: that run goes on, and nobody takes its place.
   */
  | { readonly kind: "stale"; readonly over: number | null };

/** What became of `report` where `known` is known already; pure. */
export function judgeReport(
  report: Pick<NodeReport, "started" | "count">,
  known: NodeLease,
  now: number,
): Registered {
  if (isNewer(report, known)) return { kind: "taken" };
  return { kind: "stale", over: isLive(known, now) ? null : known.started };
}

/**
 * Whether the node is there as far as its lease says. One that runs longer than any does was written
 * before a clock was set back.
 */
export function isLive({ until, state, silent }: NodeLease, now: number): boolean {
  return until > now && until <= now + 2 * NODE_LEASE_MS && state !== "gone" && silent !== true;
}

/** How busy a node is, 0: not at all. CPU use jumps about, so only tenths of it count. */
export function burden({ rooms, cpu, cores }: NodeLoad): number {
  return Math.max(Math.floor(cpu * 10) / 10, rooms / (CALLS_A_CORE * cores));
}

/**
 * The node a new call goes to: of those that live and are ready, one that has room before one that
 * is busy, one that is `near` before one that is far, the one with the least burden. Null: there is
 * none. Pure: the same arguments in whatever order give the same node.
 */
export function chooseNode(
  nodes: Iterable<NodeLease>,
  { near, now }: { readonly near: string | null; readonly now: number },
): string | null {
  const ready = [...nodes].filter((node) => node.state === "ready" && isLive(node, now));
  const best = ready.reduce<NodeLease | null>(
    (a, b) => a === null || isBetter(b, a, near) ? b : a,
    null,
  );
  return best?.id ?? null;
}

function isBetter(a: NodeLease, b: NodeLease, near: string | null): boolean {
  const [one, other] = [rank(a, near), rank(b, near)];
  const differs = one.findIndex((value, index) => value !== other[index]);
  if (differs === -1) return a.id < b.id;
  return (one[differs] ?? 0) < (other[differs] ?? 0);
}

/** Smaller is better, the first difference decides. */
function rank({ load, location }: NodeLease, near: string | null): readonly number[] {
  const busy = burden(load) >= BUSY ? 1 : 0;
  const far = near === null || location === near ? 0 : 1;
  return [busy, far, burden(load), load.cpu >= BUSY ? load.cpu : 0];
}

/** Every way a registration is refused: the code is the contract, the sentence is for a log. */
export const REGISTRATION_REFUSALS = {
  bad_method: { status: 405, message: "Media nodes register with POST." },
  body_too_large: { status: 413, message: "The registration is too long." },
  bad_signature: {
    status: 403,
    message: "Not signed with this MEDIA_SECRET, or too old: do secret and clock agree?",
  },
  bad_report: { status: 422, message: "The report does not have this version's format." },
  url_not_allowed: { status: 403, message: "MEDIA_NODES does not name this MEDIA_URL." },
  stale_report: {
    status: 409,
    message: "A later report is known: does another node use this id? " +
      "One whose clock was set back is taken as soon as its last run counts as over.",
  },
} as const;

/** A stable name for one of them. */
export type RegistrationRefusal = keyof typeof REGISTRATION_REFUSALS;
