import { useLayoutEffect, useRef } from "preact/hooks";
import type { ReadonlySignal } from "@preact/signals";
import type { Side } from "../../protocol/receipts.ts";

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
}

/** A moving picture, without sound: the call client plays that. Nothing while there is none. */
export function VideoView(
  { stream, participant, view, mirrored, label, onElement }: VideoViewProps,
) {
  const video = useRef<HTMLVideoElement>(null);
  const now = stream.value;
  useLayoutEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = now;
    // Where the browser wants a tap first, the call client says so.
    element.play().catch(() => {});
    return () => element.srcObject = null;
  }, [now]);
  useLayoutEffect(() => {
    const element = video.current;
    return element === null ? undefined : onElement?.(element);
  }, [now]);
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
    />
  );
}
