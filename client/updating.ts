/**
 * Loads a new version of the page by itself, but never under somebody's hands: not during a call,
 * while something rings, or while something is being typed.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Live } from "./live.ts";

const RELOADED = "live-support.reloaded";
/** A page that loaded itself anew does not do so again within this time, in milliseconds. */
const AGAIN_AFTER = 10 * 60_000;
/** How often to look whether the hands are off again, in milliseconds. */
const LOOK_EVERY = 1_000;

/** What keeps a page from loading itself anew. */
export interface Business {
  readonly inCall: boolean;
  /** Something rings or asks. */
  readonly asked: boolean;
  /** Text that was typed and not sent, in whatever field. */
  readonly typing: boolean;
}

/** Whether a page may be replaced under the person's hands. */
export function mayReload({ inCall, asked, typing }: Business): boolean {
  return !inCall && !asked && !typing;
}

/** What it needs of the page. */
export interface UpdatePorts {
  /** The build this page is of. */
  readonly own: string | undefined;
  /** The build the server serves; null: not known. */
  readonly served: ReadonlySignal<string | null>;
  /** The server speaks another version of the protocol: this page can do nothing more. */
  readonly refused: ReadonlySignal<boolean>;
  /** A call goes on, something rings. */
  business(): Omit<Business, "typing">;
  reload(): void;
}

/** Watches for a new version of the page. */
export class Updates {
  /** A new version waits until the page may be loaded anew. */
  readonly waiting = signal(false);
  private readonly stop: () => void;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly ports: UpdatePorts) {
    this.stop = effect(() => {
      const { own, served, refused } = ports;
      const build = served.value;
      const outdated = refused.value || (build !== null && own !== undefined && build !== own);
      if (outdated) this.begin();
    });
  }

  /** The page is going away. */
  dispose(): void {
    this.stop();
    clearInterval(this.timer);
  }

  private begin(): void {
    if (this.timer !== undefined) return;
    this.waiting.value = true;
    // The service worker is renewed with the page.
    void navigator.serviceWorker?.getRegistration().then((worker) => worker?.update())
      .catch(() => {});
    this.timer = setInterval(() => this.tryNow(), LOOK_EVERY);
    queueMicrotask(() => this.tryNow());
  }

  private tryNow(): void {
    if (!mayReload({ ...this.ports.business(), typing: isTyping() })) return;
    if (!mayAgain()) return;
    clearInterval(this.timer);
    this.ports.reload();
  }
}

/** Watches for a new version of the page behind `live`; `business`: what goes on besides typing. */
export function followUpdates(live: Live, business: UpdatePorts["business"]): Updates {
  const refused = computed(() => {
    const state = live.connected.value;
    return state.kind === "closed" && state.reason === "version";
  });
  return new Updates({
    own: document.documentElement.dataset.build,
    served: live.build,
    refused,
    business,
    reload: () => location.reload(),
  });
}

/** Whether some field holds text: what was typed is the person's until they send or clear it. */
function isTyping(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    "textarea, input:is(:not([type]), [type=text])",
  );
  return [...fields].some(({ value }) => value !== "") || document.querySelector("dialog") !== null;
}

/** Two servers of different builds must not make a page go back and forth. */
function mayAgain(): boolean {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < AGAIN_AFTER) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  return true;
}
