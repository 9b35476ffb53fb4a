/**
 * Keeps the screen on during a call (W3C Screen Wake Lock): the browser lets go of it whenever the page
 * is hidden, and may refuse it at any time, e.g. on a low battery. Both are normal.
 */

/** One lock, as the browser hands it out. */
export interface Lock {
  release(): Promise<void>;
  /** Calls `then` once, when the browser or the page let go of it. */
  onReleased(then: () => void): void;
}

/** The browser, replaceable in tests. */
export interface ScreenWorld {
  /** Rejects where the browser does not want to. */
  request(): Promise<Lock>;
  visible(): boolean;
  /** Calls `then` whenever the page becomes visible; returns what stops that. */
  onVisible(then: () => void): () => void;
}

/** Holds the screen on between {@link ScreenLock.hold} and {@link ScreenLock.release}. */
export class ScreenLock {
  readonly #world: ScreenWorld;
  #lock: Lock | null = null;
  #asking = false;
  #stop: (() => void) | null = null;

  constructor(world: ScreenWorld) {
    this.#world = world;
  }

  /** From now on, as far as the browser lets us. Idempotent. */
  hold(): void {
    this.#stop ??= this.#world.onVisible(() => void this.#ask());
    void this.#ask();
  }

  /** Not any longer. Idempotent. */
  release(): void {
    this.#stop?.();
    this.#stop = null;
    this.#drop();
  }

  async #ask(): Promise<void> {
    if (this.#asking || this.#lock !== null || !this.#world.visible()) return;
    this.#asking = true;
    const lock = await this.#world.request().catch(() => null);
    this.#asking = false;
    if (lock === null) return; // The next time the page is shown it is asked again.
    this.#lock = lock;
    lock.onReleased(() => {
      if (this.#lock === lock) this.#lock = null;
    });
    if (this.#stop === null) this.#drop();
  }

  #drop(): void {
    const lock = this.#lock;
    this.#lock = null;
    void lock?.release().catch(() => {});
  }
}

/** The browser's own; null: it has no wake lock. */
export function browserScreen(): ScreenWorld | null {
  if (!("wakeLock" in navigator)) return null;
  return {
    async request() {
      const sentinel = await navigator.wakeLock.request("screen");
      return {
        release: () => sentinel.release(),
        onReleased: (then) => sentinel.addEventListener("release", then, { once: true }),
      };
    },
    visible: () => document.visibilityState === "visible",
    onVisible(then) {
      const look = () => {
        if (document.visibilityState === "visible") then();
      };
      document.addEventListener("visibilitychange", look);
      return () => document.removeEventListener("visibilitychange", look);
    },
  };
}
