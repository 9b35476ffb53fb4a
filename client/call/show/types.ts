/** What showing needs of the call, and what the interface sees of it. Only types. */
import type { ReadonlySignal } from "@preact/signals";
import type { PeerTalk } from "../peer_talk.ts";
import type { Later } from "./courier.ts";
import type { Picture } from "./picture.ts";

/** What showing needs of the call it belongs to. */
export interface ShowPorts {
  readonly peer: PeerTalk;
  readonly peerPresent: ReadonlySignal<boolean>;
  /** What this page's own camera or screen shows. */
  readonly localVideo: ReadonlySignal<MediaStream | null>;
  /** The browser's `setTimeout`, where none is given. */
  readonly later?: Later;
}

/** What the technician draws on. */
export type Ground =
  | { readonly kind: "live" }
  /** The moving video stands still; the sharp picture is on its way. */
  | { readonly kind: "freezing"; readonly id: string }
  | { readonly kind: "frozen"; readonly picture: Picture };

/** A picture the technician asked for. */
export type Snapshot =
  | { readonly kind: "none" }
  /** The user has not answered. `of`: the frozen picture, or what is to be seen. */
  | { readonly kind: "asked"; readonly id: string; readonly of: string | null }
  /** Allowed, and on its way. */
  | { readonly kind: "coming"; readonly id: string }
  | { readonly kind: "ready"; readonly image: Blob }
  | { readonly kind: "refused" }
  | { readonly kind: "failed" };

/** Why the picture is gone without the technician's doing. */
export type ClosedBecause = "closed" | "no_video";

/** What the device user is asked for: a picture of the moving video, or the frozen one. */
export interface SnapshotRequest {
  readonly id: string;
  readonly of: string | null;
}
