/** Keeps a log at its end while the person is there, and leaves it alone while they read above. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type ReadonlySignal, useSignal } from "@preact/signals";

/** This near to the end counts as being there, in CSS pixels. */
const NEAR = 48;

/** A log's scrolling. */
export interface StickyScroll {
  readonly box: RefObject<HTMLDivElement>;
  /** The person reads above the end. */
  readonly away: ReadonlySignal<boolean>;
  readonly jump: () => void;
}

/** `length` changes when the log grows; `writing` when the person added to it themselves. */
export function useStickyScroll(length: number, writing: boolean): StickyScroll {
  const box = useRef<HTMLDivElement>(null);
  const away = useSignal(false);
  const toEnd = () => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    const divider = box.current?.querySelector(".log-new");
    toEnd();
    // More is new than fits: begin where it begins.
    divider?.scrollIntoView({ block: "nearest" });
    return watchBox(box.current, away, toEnd);
  }, []);
  useLayoutEffect(() => {
    if (writing || !away.peek()) toEnd();
  }, [length, writing]);
  return { box, away, jump: toEnd };
}

function watchBox(
  element: HTMLDivElement | null,
  away: { value: boolean },
  toEnd: () => void,
): () => void {
  if (element === null) return () => {};
  const scrolled = () => {
    const { scrollHeight, scrollTop, clientHeight } = element;
    away.value = scrollHeight - scrollTop - clientHeight > NEAR;
  };
  // A keyboard that opens, or a panel that grows, must not hide the latest message.
  const resized = new ResizeObserver(() => {
    if (!away.value) toEnd();
  });
  element.addEventListener("scroll", scrolled, { passive: true });
  resized.observe(element);
  return () => {
    element.removeEventListener("scroll", scrolled);
    resized.disconnect();
  };
}
