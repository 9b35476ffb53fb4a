/** `navigator.audioSession` (W3C Audio Session), which only WebKit has so far. */

/** The part of it that is used. */
export interface AudioSessionLike extends EventTarget {
  type: string;
  /** "active", "inactive" or "interrupted"; browsers that have `type` may not have this. */
  readonly state?: string;
}

/** The page's audio session; null: the browser has none. */
export function audioSession(): AudioSessionLike | null {
  const session: unknown = Reflect.get(navigator, "audioSession");
  return isAudioSession(session) ? session : null;
}

/**
 * Says early that this page both plays and records, so that the system chooses the route of a call.
 * `calling` false: nothing is captured any more and the system decides by itself again; before that
 * the change would end the microphone (W3C Audio Session, "update the audio session state").
 */
export function announceCall(calling: boolean): void {
  const session = audioSession();
  if (session !== null) session.type = calling ? "play-and-record" : "auto";
}

function isAudioSession(value: unknown): value is AudioSessionLike {
  return value instanceof EventTarget && "type" in value && typeof value.type === "string";
}
