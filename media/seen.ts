/** What a node sees of a page's network, off the transports of that page. */
import type { types } from "mediasoup";

/** What comes from a page. */
export interface Seen {
  /** The part of what it sends that does not arrive, 0 to 1; null: not known. */
  readonly lossUp: number | null;
  /** As `NodeMeasures.heardThere`. */
  readonly heard: number;
}

/** What has come so far over both transports, and in `requests`. Never rejects. */
export async function seenOf(
  send: types.WebRtcTransport | null,
  receive: types.WebRtcTransport | null,
  requests: number,
): Promise<Seen> {
  const [up, down] = await Promise.all([statsOf(send), statsOf(receive)]);
  const bytes = (up?.bytesReceived ?? 0) + (down?.bytesReceived ?? 0);
  return { lossUp: up?.rtpPacketLossReceived ?? null, heard: bytes + requests };
}

/** What the page of this transport is taken to receive, in bits per second; null: not known. */
export async function availableOn(transport: types.WebRtcTransport | null): Promise<number | null> {
  return (await statsOf(transport))?.availableOutgoingBitrate ?? null;
}

/** Undefined: there is none, or not any longer. */
async function statsOf(
  transport: types.WebRtcTransport | null,
): Promise<types.WebRtcTransportStat | undefined> {
  const [stats] = await transport?.getStats().catch(() => []) ?? [];
  return stats;
}
