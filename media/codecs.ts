/** What rooms carry: codecs every browser on a phone or a desk has, and how much of them. */
import type { types } from "mediasoup";

/**
 * Opus with silence suppression (DTX) and forward error correction (RFC 7587), then VP8, then H264
 * constrained baseline for devices that encode it in hardware. The first one a page can send is used.
 */
export const ROUTER_CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: "audio",
    mimeType: "audio/opus",
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: "video", mimeType: "video/VP8", clockRate: 90_000 },
  {
    kind: "video",
    mimeType: "video/H264",
    clockRate: 90_000,
    parameters: {
      "packetization-mode": 1,
      "profile-level-id": "42e01f",
      "level-asymmetry-allowed": 1,
    },
  },
];

/** What a page may send in all, in bits per second: 720p at its best, with audio. */
export const MAX_INCOMING_BITRATE = 2_500_000;

/** What a page is taken to receive before its network was measured, in bits per second. */
export const INITIAL_OUTGOING_BITRATE = 1_000_000;
