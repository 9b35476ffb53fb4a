/** What one transport's statistics say at one moment, as plain numbers (W3C webrtc-stats). */

/** How packets travel. */
export type PathKind = "udp" | "tcp" | "relay";

/** The size and rate of a moving picture. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** Frames a second; null: not told. */
  readonly rate: number | null;
}

/** One transport at one moment. Counters only grow; null: the browser does not say. */
export interface Reading {
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** STUN checks sent on any path, and answered (RFC 8445). */
  readonly checks: number;
  readonly answers: number;
  /** Packets of voice and picture sent. */
  readonly packetsOut: number;
  /** Packets of voice and picture that came, and that should have come but did not. */
  readonly packetsIn: number;
  readonly packetsLost: number;
  readonly roundTripMs: number | null;
  /** The part of the voice sent that the other end says it has not got, 0 to 1. */
  readonly voiceLost: number | null;
  /** What the browser believes the way out carries, in bits per second. */
  readonly availableOut: number | null;
  readonly path: PathKind | null;
  readonly voiceCodec: string | null;
  readonly pictureCodec: string | null;
  /** The largest picture that is on its way. */
  readonly picture: PictureSize | null;
  /** How unevenly the voice arrives, in milliseconds. */
  readonly jitterMs: number | null;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * What mediasoup finds out with how much more a way carries: it comes in bursts, and with gaps that
 * are no loss (`RTP_PROBATOR_SSRC` in mediasoup-client).
 */
const PROBES_SSRC = 1234;

/** Reads a report of `RTCPeerConnection.getStats`; what a browser leaves out becomes null or 0. */
export function readStats(report: RTCStatsReport): Reading {
  const rows = new Map<string, Row>();
  report.forEach((row: Row, id) => rows.set(id, row));
  const all = [...rows.values()];
  const of = (...types: string[]) => all.filter(({ type }) => types.includes(String(type)));
  const pairs = of("candidate-pair");
  const pair = selectedPair(pairs, of("transport"));
  const flows = of("inbound-rtp", "outbound-rtp").filter(({ ssrc }) => ssrc !== PROBES_SSRC);
  const received = flows.filter(({ type }) => type === "inbound-rtp");
  const codec = (kind: string) => codecOf(flows.find((flow) => isActive(flow, kind)), rows);
  return {
    bytesIn: total(pairs, "bytesReceived"),
    bytesOut: total(pairs, "bytesSent"),
    checks: total(pairs, "requestsSent") + total(pairs, "consentRequestsSent"),
    answers: total(pairs, "responsesReceived"),
    packetsOut: total(of("outbound-rtp"), "packetsSent"),
    packetsIn: total(received, "packetsReceived"),
    packetsLost: total(received, "packetsLost"),
    roundTripMs: milliseconds(
      number(pair, "currentRoundTripTime") ??
        number(of("remote-inbound-rtp")[0], "roundTripTime"),
    ),
    voiceLost: number(
      of("remote-inbound-rtp").find(({ kind }) => kind === "audio"),
      "fractionLost",
    ),
    availableOut: number(pair, "availableOutgoingBitrate"),
    path: pathOf(rows.get(text(pair, "localCandidateId") ?? "")),
    voiceCodec: codec("audio"),
    pictureCodec: codec("video"),
    picture: largest(flows.filter((flow) => isActive(flow, "video"))),
    jitterMs: milliseconds(number(
      received.find((flow) => isActive(flow, "audio")),
      "jitter",
    )),
  };
}

/** Firefox marks it, the others name it in the transport's row. */
function selectedPair(pairs: readonly Row[], transports: readonly Row[]): Row | undefined {
  const names = transports.map((row) => text(row, "selectedCandidatePairId"));
  return pairs.find(({ id, selected }) => selected === true || names.includes(String(id))) ??
    pairs.find(({ nominated, state }) => nominated === true && state === "succeeded");
}

function isActive(flow: Row, kind: string): boolean {
  return flow.kind === kind && flow.active !== false;
}

function codecOf(flow: Row | undefined, rows: ReadonlyMap<string, Row>): string | null {
  const mime = text(rows.get(text(flow, "codecId") ?? ""), "mimeType");
  return mime?.split("/")[1] ?? null;
}

function pathOf(candidate: Row | undefined): PathKind | null {
  if (candidate === undefined) return null;
  // Behind a NAT of its own a relay is "prflx" (RFC 8445, section 7.2.5.3.1): how it is reached tells.
  if (candidate.candidateType === "relay" || "relayProtocol" in candidate) return "relay";
  return candidate.protocol === "tcp" ? "tcp" : "udp";
}

/** A size that stands still is not on its way; a browser may not tell any rate. */
function largest(flows: readonly Row[]): PictureSize | null {
  const sizes = flows.flatMap((flow) => {
    const [width, height] = [number(flow, "frameWidth"), number(flow, "frameHeight")];
    return width === null || height === null
      ? []
      : [{ width, height, rate: number(flow, "framesPerSecond") }];
  });
  const moving = sizes.filter(({ rate }) => rate !== null && rate > 0);
  const shown = moving.length > 0 ? moving : sizes.filter(({ rate }) => rate === null);
  return shown.toSorted((a, b) => b.width - a.width)[0] ?? null;
}

function total(rows: readonly Row[], name: string): number {
  return rows.reduce((sum, row) => sum + (number(row, name) ?? 0), 0);
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}

function number(row: Row | undefined, name: string): number | null {
  const value = row?.[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function text(row: Row | undefined, name: string): string | null {
  const value = row?.[name];
  return typeof value === "string" ? value : null;
}
