/** The WebRTC connections of a page: which ways they take, and how much sound they had to make up. */
import type { Page } from "playwright-core";
import { type PathKind, readStats } from "../../client/call/stats.ts";

/** Samples of sound that a page has played, and those of them that its browser made up. */
export interface Samples {
  readonly all: number;
  readonly concealed: number;
}

type Watched = typeof globalThis & { connections?: Set<RTCPeerConnection> };

/** Runs in a page before all else: its statistics can be read later. */
export function watchConnections(): void {
  const connections = new Set<RTCPeerConnection>();
  (globalThis as Watched).connections = connections;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
    }
  };
}

/** Of all connections of a page so far (W3C webrtc-stats, RTCInboundRtpStreamStats). */
export async function concealment(page: Page): Promise<Samples> {
  return await page.evaluate(async () => {
    const samples = { all: 0, concealed: 0 };
    for (const connection of (globalThis as Watched).connections ?? []) {
      for (
        const [, row] of await connection.getStats() as ReadonlyMap<
          string,
          RTCInboundRtpStreamStats
        >
      ) {
        if (row.type !== "inbound-rtp" || row.kind !== "audio") continue;
        samples.all += row.totalSamplesReceived ?? 0;
        // Silence between words is concealment, too, and nothing is missing there.
        samples.concealed += (row.concealedSamples ?? 0) - (row.silentConcealedSamples ?? 0);
      }
    }
    return samples;
  });
}

/** The ways that all open connections of a page take now; null: one has none. */
export async function pathsOf(page: Page): Promise<readonly (PathKind | null)[]> {
  const reports = await page.evaluate(async () => {
    const open = [...(globalThis as Watched).connections ?? []]
      .filter(({ connectionState }) => connectionState !== "closed");
    const reports = await Promise.all(open.map((connection) => connection.getStats()));
    return reports.map((report) => [...report as ReadonlyMap<string, unknown>]);
  });
  return reports.map((rows) => readStats(new Map(rows) as unknown as RTCStatsReport).path);
}

/** The part that was made up between the two moments, 0 to 1. */
export function concealedShare(before: Samples, after: Samples): number {
  return Math.max(0, after.concealed - before.concealed) / Math.max(1, after.all - before.all);
}
