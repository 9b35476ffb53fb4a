/**
 * What a person prefers in this browser, whatever page of it and whatever session: it says nothing of
 * either, so it outlives them (S8). A browser that keeps nothing (private windows) forgets it.
 */

/** What can be preferred. */
export type Preference = "switch-camera" | "push";

const PREFIX = "live-support:";

/** What was chosen; null: nothing, or it is not kept. */
export function readPreference(name: Preference): string | null {
  try {
    return globalThis.localStorage?.getItem(PREFIX + name) ?? null;
  } catch {
    return null;
  }
}

/** Keeps a choice, where that is possible. */
export function keepPreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Forbidden or full.
  }
}
