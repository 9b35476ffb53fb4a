/** How large the other side's picture is shown, if at all: nothing larger need be sent. */

/** How a picture is shown; `pixels`: its longer side, in pixels of the screen. */
export type View = { readonly kind: "hidden" } | {
  readonly kind: "shown";
  readonly pixels: number;
};

/** A picture nobody asked about yet may fill the screen. */
export const WHOLE: View = { kind: "shown", pixels: Infinity };

/** A picture this much smaller than its view still looks sharp. */
const TOLERANCE = 0.85;

/**
 * The least layer that looks sharp in `view`, of `layers` sizes, each twice as large as the one
 * before, the last one with `full` pixels on its longer side.
 */
export function layerFor(view: View, layers: number, full: number): number {
  const top = Math.max(0, layers - 1);
  if (view.kind === "hidden") return 0;
  for (let layer = 0; layer < top; layer++) {
    if (full / 2 ** (top - layer) >= view.pixels * TOLERANCE) return layer;
  }
  return top;
}

/** The larger of two views. */
export function largerView(one: View, other: View): View {
  if (one.kind === "hidden") return other;
  return other.kind === "hidden" || other.pixels <= one.pixels ? one : other;
}

/** Watches the elements that show one picture: in the page, and in a window over all others. */
export class ViewWatch {
  readonly #changed: (view: View) => void;
  readonly #views = new Map<HTMLVideoElement, View>();
  #view: View = WHOLE;

  /** `changed` hears of every other view. */
  constructor(changed: (view: View) => void) {
    this.#changed = changed;
  }

  /** How the picture is shown now, where it is largest; while there is no element, how it was. */
  get view(): View {
    return this.#view;
  }

  /** The picture is shown in `element` until the returned function is called. */
  watch(element: HTMLVideoElement): () => void {
    const over = new AbortController();
    const { signal } = over;
    const look = () => {
      this.#views.set(element, viewOf(element));
      this.#settle();
    };
    // The page's own observer sleeps while the page is hidden, a window over all others does not.
    const { ResizeObserver } = element.ownerDocument.defaultView ?? globalThis;
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.ownerDocument.addEventListener("visibilitychange", look, { signal });
    element.addEventListener("resize", look, { signal });
    element.addEventListener("enterpictureinpicture", look, { signal });
    element.addEventListener("leavepictureinpicture", look, { signal });
    look();
    return () => {
      over.abort();
      sizes.disconnect();
      this.#views.delete(element);
      this.#settle();
    };
  }

  #settle(): void {
    const views = [...this.#views.values()];
    if (views.length === 0) return;
    const view = views.reduce(largerView);
    const same = JSON.stringify(view) === JSON.stringify(this.#view);
    this.#view = view;
    if (!same) this.#changed(view);
  }
}

function viewOf(element: HTMLVideoElement): View {
  const { ownerDocument } = element;
  const floats = ownerDocument.pictureInPictureElement === element;
  if (floats) return WHOLE;
  if (ownerDocument.visibilityState === "hidden") return { kind: "hidden" };
  return { kind: "shown", pixels: Math.round(longerSide(element) * devicePixelRatio) };
}

/** Of the picture as it is fitted into its element, in CSS pixels. */
function longerSide(element: HTMLVideoElement): number {
  const box = element.getBoundingClientRect();
  const { videoWidth: width, videoHeight: height } = element;
  if (width === 0 || height === 0) return Math.max(box.width, box.height);
  const fit = getComputedStyle(element).objectFit === "cover" ? Math.max : Math.min;
  return fit(box.width / width, box.height / height) * Math.max(width, height);
}
