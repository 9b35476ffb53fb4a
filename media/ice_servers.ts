/**
 * What pages are told to find a way through NAT: the servers of MEDIA_ICE_SERVERS as they are, and
 * those of TURN_URLS with credentials that are made anew for every page that asks and soon expire.
 */
import { createHmac } from "node:crypto";
import type { IceServer } from "../protocol/media.ts";

/** TURN servers that share a secret with this node, as coturn does with `use-auth-secret`. */
export interface TurnSettings {
  /** TURN_URLS, as in RFC 7065. */
  readonly urls: readonly string[];
  /** TURN_SECRET; coturn's `static-auth-secret`. */
  readonly secret: string;
  /** TURN_CREDENTIAL_SECONDS: for so long a page can open relays with what it was given. */
  readonly seconds: number;
}

/** What one page is told now: asked at every join and every ICE restart, never kept. */
export type IceServers = () => readonly IceServer[];

/** Hands out the `fixed` servers, and those of `turn` with fresh credentials. */
export function iceServersFrom(
  fixed: readonly IceServer[],
  turn: TurnSettings | null,
  now: () => number = Date.now,
): IceServers {
  return () => turn === null ? fixed : [...fixed, turnServer(turn, now())];
}

/**
 * Credentials after draft-uberti-behave-turn-rest-00, section 2.2: the expiry in seconds since the
 * epoch and an id, signed. The id is random, so that a TURN server's log leads to nobody.
 */
function turnServer({ urls, secret, seconds }: TurnSettings, now: number): IceServer {
  const username = `${Math.floor(now / 1000) + seconds}:${crypto.randomUUID()}`;
  const credential = createHmac("sha1", secret).update(username).digest("base64");
  return { urls, username, credential };
}
