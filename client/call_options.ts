/** What can be offered for calls now, and why not (rule M1). */
import type { ChatService, MediaStatus } from "../protocol/service.ts";

/** Offered, or the reason why it is not, as a sentence. */
export type Offer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What can be offered for calls. */
export interface CallOffers {
  readonly voice: Offer;
  readonly video: Offer;
}

const YES: Offer = { ok: true };

/** What can be offered where `available` is switched on and the media node stands at `media`. */
export function callOffers(available: ChatService | null, media: MediaStatus | null): CallOffers {
  const both = (reason: string): CallOffers => ({
    voice: { ok: false, reason },
    video: { ok: false, reason },
  });
  if (available === null || media === null) return both("Checking whether calls are available…");
  if (!available.service) return both("Live Support is switched off for this device.");
  if (!available.voice) return both("Calls are switched off.");
  const notReady = mediaReason(media);
  if (notReady !== null) return both(notReady);
  return {
    voice: YES,
    video: available.video ? YES : { ok: false, reason: "Video is switched off." },
  };
}

/** Why no call can be carried now; null: one can. */
export function mediaReason(media: MediaStatus): string | null {
  switch (media.state) {
    case "ready":
      return null;
    case "preparing":
      return `Preparing calls (${Math.floor(media.progress * 100)} %)`;
    case "unavailable":
      return `Calls are not available: ${media.reason}`;
  }
}

/** The one reason to show where several offers may be refused; null: all is offered. */
export function offerReason({ voice, video }: CallOffers): string | null {
  if (!voice.ok) return voice.reason;
  return video.ok ? null : video.reason;
}
