/**
 * In which sizes a picture is sent at once (simulcast), so that the node can give a slow receiver
 * less without asking the sender. Pure.
 */
import type { PictureFlow } from "./picture_floor.ts";

/** How one size is sent (W3C webrtc, RTCRtpEncodingParameters). */
export interface SizeParameters {
  readonly active: boolean;
  readonly scaleResolutionDownBy: number;
  /** In bits per second. */
  readonly maxBitrate: number;
}

/** The most sizes there are; a producer has as many encodings for good (M5). */
export const MAX_SIZES = 3;

/** Three rates of frames in each size (W3C webrtc-svc). */
export const SCALABILITY = "L1T3";

/** A picture this many pixels wide or high comes in so many sizes: Chromium sends no more of them. */
const SIZES: readonly (readonly [longest: number, sizes: number])[] = [[960, 3], [480, 2], [0, 1]];

/** What the largest size and those below it may take, so that all fit into what the node accepts. */
const SHARES = [1_500_000, 500_000, 150_000] as const;

/** What a picture so many pixels wide or high is worth. */
const BITRATES: readonly (readonly [longest: number, maxBitrate: number])[] = [
  [800, 1_500_000],
  [400, 500_000],
  [0, 150_000],
];

/**
 * How to send a picture whose longer side is `longest` pixels, smallest first: nothing larger than
 * size `top`, which is all the receiver can show.
 */
export function sizesOf(longest: number, top: number, flow: PictureFlow): SizeParameters[] {
  const count = fitting(SIZES, longest);
  return Array.from({ length: MAX_SIZES }, (_, size) => {
    const below = Math.max(0, count - 1 - size);
    const scaleResolutionDownBy = 2 ** below;
    const worth = fitting(BITRATES, longest / scaleResolutionDownBy);
    return {
      active: flow !== "rests" && size < count && size <= top,
      scaleResolutionDownBy,
      maxBitrate: Math.min(worth, SHARES[below] ?? worth),
    };
  });
}

function fitting(table: readonly (readonly [number, number])[], longest: number): number {
  return table.find(([least]) => longest >= least)?.[1] ?? 1;
}
