/** Where a page finds its web process, and the moments at which it should doubt its connection. */
import type { ConnectionWorld, Socket, SocketEvents } from "./connection.ts";
import { onNetworkChange } from "./network_changes.ts";

/** The world around a live page, replaceable where there is no browser. */
export interface PageWorld extends ConnectionWorld {
  /** See {@link onWake}. */
  onWake(woke: () => void): () => void;
  /** See {@link onNetworkChange}. */
  onNetworkChange(changed: () => void): () => void;
  /** See {@link onTouch}. */
  onTouch(acted: () => void): () => void;
  /** Nobody can see the page, and its timers may be throttled. */
  hidden(): boolean;
}

/** The browser's own sockets, timers and events; `path` is one of the server's socket routes. */
export function browserWorld(path: string): PageWorld {
  return {
    onWake,
    onNetworkChange,
    onTouch,
    hidden: () => document.hidden,
    open: (events) => openSocket(new URL(path, location.href.replace(/^http/, "ws")), events),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}

function openSocket(address: URL, events: SocketEvents): Socket {
  const socket = new WebSocket(address);
  socket.onopen = () => events.opened();
  socket.onmessage = (event) => events.frame(event.data);
  socket.onclose = (event) => events.closed(event.code, event.reason);
  return {
    send: (data) => socket.send(data),
    close: () => socket.close(),
  };
}

/**
 * Calls `woke` when the page may have slept: it became visible, came back from the back/forward
 * cache (which tells only `pageshow`), or the network came or went. The returned function stops it.
 */
export function onWake(woke: () => void): () => void {
  const visible = () => {
    if (document.visibilityState === "visible") woke();
  };
  const shown = (event: PageTransitionEvent) => {
    if (event.persisted) woke();
  };
  document.addEventListener("visibilitychange", visible);
  // A page that was frozen tells by this alone (WICG Page Lifecycle).
  document.addEventListener("resume", woke);
  addEventListener("pageshow", shown);
  addEventListener("online", woke);
  addEventListener("offline", woke);
  return () => {
    document.removeEventListener("visibilitychange", visible);
    document.removeEventListener("resume", woke);
    removeEventListener("pageshow", shown);
    removeEventListener("online", woke);
    removeEventListener("offline", woke);
  };
}

/** Calls `acted` when the person touches the page or a key; the returned function stops it. */
export function onTouch(acted: () => void): () => void {
  addEventListener("pointerdown", acted);
  addEventListener("keydown", acted);
  return () => {
    removeEventListener("pointerdown", acted);
    removeEventListener("keydown", acted);
  };
}
