import { useLayoutEffect, useRef } from "preact/hooks";
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { TargetedEvent } from "preact";
import type { Size } from "../../client/call/show/shapes.ts";
import type { Side } from "../../protocol/receipts.ts";

type Seen = TargetedEvent<HTMLVideoElement>;

/** Props of {@link VideoView}. */
export interface VideoViewProps {
  readonly stream: ReadonlySignal<MediaStream | null>;
  /** Whose picture it is. */
  readonly participant: Side;
  /** "main": the other person; "inset": one's own. */
  readonly view: "main" | "inset";
  /** Only a picture of oneself is shown as in a mirror. */
  readonly mirrored: boolean;
  readonly label: string;
  /** Told of the element while there is one; returns what is to be done when it goes. */
  readonly onElement?: (element: HTMLVideoElement) => () => void;
  /** Told how large the picture is; null while there is none. */
  readonly size?: Signal<Size | null>;
  /** It stands still. */
  readonly held?: boolean;
}

/** A moving picture, without sound: the call client plays that. Nothing while there is none. */
export function VideoView(props: VideoViewProps) {
  const { stream, participant, view, mirrored, label, onElement, size, held = false } = props;
  const video = useRef<HTMLVideoElement>(null);
  const now = stream.value;
  useLayoutEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = now;
    return () => element.srcObject = null;
  }, [now]);
  useLayoutEffect(() => {
    const element = video.current;
    return element === null ? undefined : onElement?.(element);
  }, [now]);
  useLayoutEffect(() => {
    if (held) video.current?.pause();
    // Where the browser wants a tap first, the call client says so.
    else video.current?.play().catch(() => {});
  }, [held, now]);
  useLayoutEffect(() => () => void (size !== undefined && (size.value = null)), [now]);
  const measure = ({ currentTarget: { videoWidth, videoHeight } }: Seen) => {
    if (size === undefined) return;
    size.value = videoWidth === 0 ? null : { width: videoWidth, height: videoHeight };
  };
  if (now === null) return null;
  return (
    <video
      ref={video}
      class={`video video-${view}${mirrored ? " video-mirrored" : ""}`}
      data-participant={participant}
      data-view={view}
      aria-label={label}
      autoplay
      playsInline
      muted
      onLoadedMetadata={measure}
      onResize={measure}
    />
  );
}
