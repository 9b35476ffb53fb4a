/** What can be offered for calls now, and why not (rule M1). */
import { type Phrase, phrase } from "../locales/phrase.ts";
import type { ChatService, MediaStatus } from "../protocol/service.ts";

/** Offered, or the reason why it is not. */
export type Offer = { readonly ok: true } | { readonly ok: false; readonly reason: Phrase };

/** What can be offered for calls. */
export interface CallOffers {
  readonly voice: Offer;
  readonly video: Offer;
}

const YES: Offer = { ok: true };

/**
 * What can be offered where `available` is switched on, the media node stands at `media`, and the
 * browser is `able` to make calls. What is wrong with a node is for administrators
 * (`MediaStatus.reason`); here it is only that calls wait.
 */
export function callOffers(
  available: ChatService | null,
  media: MediaStatus | null,
  able: boolean,
): CallOffers {
  const both = (reason: Phrase): CallOffers => ({
    voice: { ok: false, reason },
    video: { ok: false, reason },
  });
  if (available === null || media === null) return both(phrase("call.checking"));
  if (!available.service) return both(phrase("call.serviceOff"));
  if (!available.voice) return both(phrase("call.callsOff"));
  if (!able) return both(phrase("call.unsupported"));
  const notReady = mediaReason(media);
  if (notReady !== null) return both(notReady);
  return {
    voice: YES,
    video: available.video ? YES : { ok: false, reason: phrase("call.videoOff") },
  };
}

/** Why no call can be carried now, for anybody; null: one can. */
export function mediaReason(media: MediaStatus): Phrase | null {
  switch (media.state) {
    case "ready":
      return null;
    case "preparing":
      return phrase("call.preparing", { percent: Math.floor(media.progress * 100) });
    case "unavailable":
      return phrase("call.unavailable");
  }
}

/** The one reason to show where several offers may be refused; null: all is offered. */
export function offerReason({ voice, video }: CallOffers): Phrase | null {
  if (!voice.ok) return voice.reason;
  return video.ok ? null : video.reason;
}
