/** Watches which bubbles are in view and reports how far the person has read (rule C4). */
import { effect, type ReadonlySignal } from "@preact/signals";
import { type Attention, readUpTo } from "./receipts.ts";

/** A bubble higher than the window counts as in view when it fills half of it. */
const STEPS = [0, 0.25, 0.5, 0.75, 1];

/** One open conversation's eye on its bubbles. Each watched element carries `data-seq`. */
export class ReadWatcher {
  private readonly inView = new Set<number>();
  private readonly observer: IntersectionObserver;
  private readonly unwatch: () => void;

  constructor(
    private readonly attention: ReadonlySignal<Attention>,
    private readonly readTo: (seq: number) => void,
  ) {
    this.observer = new IntersectionObserver((entries) => this.update(entries), {
      threshold: STEPS,
    });
    this.unwatch = effect(() => {
      this.attention.value;
      this.report();
    });
  }

  /** Watches a bubble of the other side. */
  watch(element: Element): void {
    this.observer.observe(element);
  }

  /** The conversation is closed. */
  stop(): void {
    this.observer.disconnect();
    this.inView.clear();
    this.unwatch();
  }

  private update(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const seq = Number(entry.target.getAttribute("data-seq"));
      if (isSeen(entry)) this.inView.add(seq);
      else this.inView.delete(seq);
    }
    this.report();
  }

  private report(): void {
    const seq = readUpTo(this.attention.peek(), this.inView);
    if (seq > 0) this.readTo(seq);
  }
}

function isSeen({ isIntersecting, intersectionRatio, intersectionRect, rootBounds }: {
  readonly isIntersecting: boolean;
  readonly intersectionRatio: number;
  readonly intersectionRect: { readonly height: number };
  readonly rootBounds: { readonly height: number } | null;
}): boolean {
  if (!isIntersecting) return false;
  const half = (rootBounds?.height ?? Infinity) / 2;
  return intersectionRatio >= 0.5 || intersectionRect.height >= half;
}
