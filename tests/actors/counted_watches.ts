/** A store that counts the watches that are open. */
import type { HubStore } from "../../actors/ports.ts";
import { replaced } from "./world.ts";

/** `store` with a count of the watches that are open; `emptied` resolves when none is. */
export function counted(
  store: HubStore,
): { store: HubStore; open(): string[]; emptied(): Promise<void> } {
  const open = new Set<{ what: string }>();
  let look = () => {};
  const count = <A extends unknown[]>(what: string, watch: (...args: A) => () => void) =>
  (
    ...args: A
  ) => {
    const one = { what };
    open.add(one);
    const stop = watch(...args);
    return () => {
      open.delete(one);
      stop();
      look();
    };
  };
  return {
    store: replaced(store, {
      watchDevice: count("device", (id, ring) => store.watchDevice(id, ring)),
      watchDirectory: count("directory", (ring) => store.watchDirectory(ring)),
      watchSignIn: count("sign-in", (...args) => store.watchSignIn(...args)),
      sessions: { watch: count("session", (id, ring) => store.sessions.watch(id, ring)) },
    }),
    open: () => [...open].map(({ what }) => what).sort(),
    emptied: () =>
      new Promise((done) => {
        look = () => open.size === 0 && done();
        look();
      }),
  };
}
