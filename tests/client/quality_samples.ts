/** Samples of good and quiet networks. */
import type { Sample } from "../../client/call/quality_rating.ts";

const PICTURE = { width: 640, height: 480, rate: 20 };

/** A sample of a network nothing is wrong with. */
export const GOOD: Sample = {
  at: 0,
  roundTripMs: 40,
  lossOut: 0,
  lossIn: 0,
  bitrateOut: 600_000,
  bitrateIn: 600_000,
  availableOut: 1_000_000,
  availableIn: 1_000_000,
  jitterMs: 5,
  voiceCodec: "opus",
  pictureCodec: "VP8",
  path: "udp",
  pictureOut: PICTURE,
  pictureIn: PICTURE,
  heardThere: null,
};
