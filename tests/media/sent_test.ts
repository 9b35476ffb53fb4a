/** A picture that nobody can take yet: a key frame is not asked for in vain, nor twice in a moment. */
import { Buffer } from "node:buffer";
import { assertEquals } from "@std/assert";
import type { types } from "mediasoup";
import { ROUTER_CODECS } from "../../media/codecs.ts";
import { Sent } from "../../media/sent.ts";
import { obtainWorker } from "../../media/worker_binary.ts";
import { endWorker, openWorker } from "../../media/worker_process.ts";
import { until } from "../support/waiting.ts";

const SSRC = 4711;

Deno.test("a picture waits until somebody can take it, then a key frame is asked for; pauses are its page's", async () => {
  const bin = Deno.env.get("MEDIASOUP_WORKER_BIN");
  const worker = await openWorker(await obtainWorker({ bin }));
  try {
    const router = await worker.createRouter({ mediaCodecs: ROUTER_CODECS });
    const from = await router.createDirectTransport();
    let asked = 0;
    from.on("rtcp", (packet) => asked += isPictureLoss(packet) ? 1 : 0);
    const rtpParameters: types.RtpParameters = {
      codecs: [{
        mimeType: "video/VP8",
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [{ type: "nack", parameter: "pli" }],
      }],
      encodings: [{ ssrc: SSRC }],
    };
    const sent = await Sent.begin(from, { kind: "video", rtpParameters, paused: false });
    const { producer } = sent;
    const heard: boolean[] = [];
    sent.onPaused((paused) => heard.push(paused));
    const camera = new Camera(producer);

    await camera.goesOn();
    assertEquals([sent.paused, producer.paused, asked], [false, true, 0]);
    await sent.pause(true);
    await sent.awaited();
    assertEquals([sent.paused, producer.paused], [true, true], "its page has paused it meanwhile");
    await sent.pause(false);
    assertEquals([sent.paused, producer.paused, heard], [false, false, [true, false]]);
    await until("a key frame is asked for", () => asked, (now) => now > 0);
  } finally {
    await endWorker(worker);
  }
});

/** Sends frames none of which is a key frame. */
class Camera {
  #sequence = 0;

  constructor(readonly producer: types.Producer) {}

  /** Ten more frames have come to the worker when this resolves. */
  async goesOn(): Promise<void> {
    for (let frame = 0; frame < 10; frame++) this.producer.send(this.#frame());
    await this.producer.getStats();
  }

  /** RTP (RFC 3550, section 5.1) with VP8 (RFC 7741, section 4.2 and 4.3) in it. */
  #frame(): Buffer {
    const packet = Buffer.alloc(12 + 30);
    packet.set([0x80, 96]);
    packet.writeUInt16BE(++this.#sequence, 2);
    packet.writeUInt32BE(this.#sequence * 3_000, 4);
    packet.writeUInt32BE(SSRC, 8);
    // The start of a partition; the lowest bit after it says that it is no key frame.
    packet.set([0x10, 0x01], 12);
    return packet;
  }
}

/** RFC 4585, section 6.3.1: a compound packet may begin with it, as the worker's do. */
function isPictureLoss(packet: Uint8Array): boolean {
  return packet[1] === 206 && ((packet[0] ?? 0) & 0x1f) === 1;
}
