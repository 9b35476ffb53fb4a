/**
 * Who this page is to the server: an id that survives a reload and is never shared by two pages.
 * A duplicated tab starts with a copy of the other tab's `sessionStorage`; what holds the id is
 * therefore a Web Lock named after it (W3C Web Locks API), or, where a page has none because it is
 * not on HTTPS, a question on a BroadcastChannel.
 */

const KEY = "live-support.page";
const LOCK_PREFIX = "live-support.page.";
/** A reloading page may meet its own former self for this long, in milliseconds. */
const RELOAD_GRACE = 400;
const RETRY_EVERY = 50;
/** How long another tab may take to say that it holds the id, in milliseconds. */
const ANSWER_WITHIN = 150;

/** Tries to hold `id` until the page is gone; false: another page holds it. */
export type Claim = (id: string) => Promise<boolean>;

/** The part of `Storage` this file needs. */
export type IdStorage = Pick<Storage, "getItem" | "setItem">;

/** A page's identity; `fresh` when whatever is stored under another id is not this page's own. */
export interface PageId {
  readonly id: string;
  readonly fresh: boolean;
}

/** A new id in the form the server takes. */
export function newPageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Takes up the stored id where no other page holds it, else makes a new one. */
export async function takePageId(storage: IdStorage, claim: Claim): Promise<PageId> {
  const stored = storage.getItem(KEY);
  if (stored !== null && /^[A-Za-z0-9_-]{8,32}$/.test(stored) && await claim(stored)) {
    return { id: stored, fresh: false };
  }
  const id = newPageId();
  storage.setItem(KEY, id);
  await claim(id);
  return { id, fresh: true };
}

/** The claim this browser can make. */
export function browserClaim(): Claim {
  return "locks" in navigator ? claimByLock : claimByChannel;
}

async function claimByLock(id: string): Promise<boolean> {
  for (let waited = 0;; waited += RETRY_EVERY) {
    if (await tryLock(LOCK_PREFIX + id)) return true;
    if (waited >= RELOAD_GRACE) return false;
    await new Promise((done) => setTimeout(done, RETRY_EVERY));
  }
}

/** Answers once it is known whether the lock is ours, and then keeps it as long as the page lives. */
function tryLock(name: string): Promise<boolean> {
  return new Promise((answer) => {
    const held = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
    held.catch(() => answer(false));
  });
}

/** Asks the other tabs; without an answer the id is ours, and we answer from then on. */
function claimByChannel(id: string): Promise<boolean> {
  const channel = new BroadcastChannel(LOCK_PREFIX + id);
  return new Promise((answer) => {
    const timer = setTimeout(() => {
      channel.onmessage = (event) => {
        if (event.data === "held?") channel.postMessage("held");
      };
      answer(true);
    }, ANSWER_WITHIN);
    channel.onmessage = (event) => {
      if (event.data !== "held") return;
      clearTimeout(timer);
      channel.close();
      answer(false);
    };
    channel.postMessage("held?");
  });
}
