/**
 * The call on keyboards, headsets, lock screens and picture-in-picture windows (W3C Media Session):
 * who it is with, and the buttons to mute, to show the camera and to hang up, where the browser has them.
 */

/** What is shown. */
export interface CallOnKeys {
  /** The other person or device. */
  readonly title: string;
  readonly muted: boolean;
  readonly camera: boolean;
}

/** What the buttons do. */
export interface KeyActions {
  toggleMicrophone(): void;
  toggleCamera(): void;
  hangUp(): void;
}

/** The part of `MediaSession` that is used; browsers lack some of it. */
export type MediaSessionLike =
  & Pick<MediaSession, "metadata" | "playbackState" | "setActionHandler">
  & {
    readonly setMicrophoneActive?: ((active: boolean) => void) | undefined;
    readonly setCameraActive?: ((active: boolean) => void) | undefined;
  };

/** Actions by the name the browser has for them (Media Session, MediaSessionAction). */
const ACTIONS = ["togglemicrophone", "togglecamera", "hangup"] as const;
type Action = typeof ACTIONS[number];

/** Shows one call after the other. */
export class MediaKeys {
  readonly #session: MediaSessionLike;
  readonly #handlers: Readonly<Record<Action, () => void>>;
  readonly #picture: (title: string) => MediaMetadata | null;
  #shown: CallOnKeys | null = null;

  /** `picture` makes the browser's own object for a title. */
  constructor(
    session: MediaSessionLike,
    actions: KeyActions,
    picture: (title: string) => MediaMetadata | null,
  ) {
    this.#session = session;
    this.#picture = picture;
    this.#handlers = {
      togglemicrophone: () => actions.toggleMicrophone(),
      togglecamera: () => actions.toggleCamera(),
      hangup: () => actions.hangUp(),
    };
  }

  /** Shows the call as it is now; null: there is none, and no name stays behind (S8). */
  show(call: CallOnKeys | null): void {
    const before = this.#shown;
    this.#shown = call;
    if (call === null) return before === null ? undefined : this.#clear();
    const session = this.#session;
    if (before === null) {
      for (const action of ACTIONS) this.#handle(action, this.#handlers[action]);
      session.playbackState = "playing";
    }
    if (before?.title !== call.title) session.metadata = this.#picture(call.title);
    if (before?.muted !== call.muted) session.setMicrophoneActive?.(!call.muted);
    if (before?.camera !== call.camera) session.setCameraActive?.(call.camera);
  }

  #clear(): void {
    for (const action of ACTIONS) this.#handle(action, null);
    this.#session.playbackState = "none";
    this.#session.metadata = null;
  }

  /** Browsers throw at actions they do not know. */
  #handle(action: Action, handler: (() => void) | null): void {
    try {
      Reflect.apply(this.#session.setActionHandler, this.#session, [action, handler]);
    } catch {
      // That button is not there, then.
    }
  }
}

/** On this browser; null: it has no media session. */
export function browserKeys(actions: KeyActions): MediaKeys | null {
  if (!("mediaSession" in navigator) || typeof MediaMetadata === "undefined") return null;
  const artwork = [{ src: "/icon-192.png", sizes: "192x192", type: "image/png" }];
  return new MediaKeys(navigator.mediaSession, actions, (title) => {
    return new MediaMetadata({ title, artist: "Live Support", artwork });
  });
}
