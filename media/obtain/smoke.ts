/**
 * Whether a fresh worker works: two of its transports shake hands (DTLS) through a relay of ours. A
 * worker may start and answer every request and still crash on its first DTLS packet.
 */
import { createSocket, type Socket } from "node:dgram";
import { createWorker, type types } from "mediasoup";
import { bindingRequest, isStun } from "./stun.ts";

/** A handshake on one machine takes some milliseconds. */
const PATIENCE = 10_000;

/** Rejects with a sentence where the executable `bin` cannot carry a call on this machine. */
export async function smokeTest(bin: string): Promise<void> {
  const worker = await createWorker({ workerBin: bin, logLevel: "error" });
  const died = new Promise<never>((_, fail) => {
    worker.once("died", () => fail(new Error("the media worker crashed in its first handshake")));
  });
  try {
    await Promise.race([shakeHands(worker), died]);
  } finally {
    worker.close();
  }
}

async function shakeHands(worker: types.Worker): Promise<void> {
  const router = await worker.createRouter({ mediaCodecs: [] });
  const listenInfos = [{ protocol: "udp" as const, ip: "127.0.0.1" }];
  const a = await router.createWebRtcTransport({ listenInfos });
  const b = await router.createWebRtcTransport({ listenInfos });
  const ends = [createSocket("udp4"), createSocket("udp4")] as const;
  try {
    relay(ends[0], a, ends[1], b);
    relay(ends[1], b, ends[0], a);
    for (const [end, transport] of [[ends[0], a], [ends[1], b]] as const) {
      end.send(bindingRequest(transport.iceParameters), portOf(transport), "127.0.0.1");
    }
    const connected = Promise.all([handshake(a), handshake(b)]);
    await a.connect({ dtlsParameters: { ...b.dtlsParameters, role: "client" } });
    await b.connect({ dtlsParameters: { ...a.dtlsParameters, role: "server" } });
    await connected;
  } finally {
    ends.forEach((end) => end.close());
  }
}

/** What `from` hears of its transport, but for answers to our own request, goes to the other one. */
function relay(
  from: Socket,
  transport: types.WebRtcTransport,
  to: Socket,
  other: types.WebRtcTransport,
): void {
  from.on("message", (packet: Uint8Array, { port }: { port: number }) => {
    if (port !== portOf(transport) || isStun(packet)) return;
    to.send(packet, portOf(other), "127.0.0.1");
  });
}

function portOf(transport: types.WebRtcTransport): number {
  return transport.iceCandidates[0]?.port ?? 0;
}

function handshake(transport: types.WebRtcTransport): Promise<void> {
  return new Promise((resolve, fail) => {
    const timer = setTimeout(() => fail(new Error("the media worker does not answer")), PATIENCE);
    transport.on("dtlsstatechange", (state) => {
      if (state !== "connected" && state !== "failed") return;
      clearTimeout(timer);
      if (state === "connected") resolve();
      else fail(new Error("the media worker fails in its first handshake"));
    });
  });
}
