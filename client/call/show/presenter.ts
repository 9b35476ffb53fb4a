/** The technician's part in showing: freezes, draws, points, asks for a snapshot. Holds the truth. */
import { batch, effect, signal } from "@preact/signals";
import { unreachable } from "../../../protocol/errors.ts";
import type { PeerMessage } from "../../../protocol/peer_messages.ts";
import { applyStep, type Mark, type Point, type Scene, type Step } from "../../../protocol/show.ts";
import { Courier } from "./courier.ts";
import { Easel } from "./easel.ts";
import { flatten } from "./flatten.ts";
import { PictureExchange } from "./picture_exchange.ts";
import { SceneTeller } from "./scene_teller.ts";
import type { ClosedBecause, Ground, ShowPorts, Snapshot } from "./types.ts";

const LIVE: Ground = { kind: "live" };

/** Shows things to the device user; one per page, for one call after another. */
export class Presenter {
  readonly side = "technician";
  readonly ground = signal<Ground>(LIVE);
  readonly marks = signal<readonly Mark[]>([]);
  /** Where the device user is pointed to; null: nowhere. */
  readonly pointer = signal<Point | null>(null);
  readonly snapshot = signal<Snapshot>({ kind: "none" });
  /** Why the picture went away by itself; null: it did not. */
  readonly closed = signal<ClosedBecause | null>(null);
  readonly easel: Easel;
  readonly #teller = new SceneTeller(newName());
  readonly #pictures: PictureExchange;
  readonly #courier: Courier;
  /** The picture the scene just told is about, if it is here. */
  #offered: string | null = null;
  #pointerTold = true;

  constructor({ peer, peerPresent, later }: ShowPorts) {
    this.#courier = new Courier((message) => peer.tell(message), [
      () => this.#nextNews(),
      () => this.#nextPointer(),
      () => this.#pictures.next(),
    ], later);
    this.#pictures = new PictureExchange(peer, () => this.#courier.wake());
    peer.onMeeting(() => this.#met());
    peer.on("show_again", () => this.#tellAll());
    peer.on("show_closed", ({ picture, why }) => this.#closedThere(picture, why));
    peer.on("snapshot_answer", (answer) => this.#answered(answer));
    this.easel = new Easel(this);
    // What was not said when the other page went is said anew when it comes back.
    effect(() => {
      if (!peerPresent.value) this.#courier.forget();
    });
  }

  /** How much of the sharp picture, or of the snapshot, is here. */
  get progress() {
    return this.#pictures.progress;
  }

  /** Freezes the device's video: the device takes the picture both look at. */
  freeze(): void {
    const id = newName();
    batch(() => {
      this.closed.value = null;
      this.marks.value = [];
      this.pointer.value = null;
      this.ground.value = { kind: "freezing", id };
    });
    this.#pictures.want(id, (picture) => {
      this.ground.value = { kind: "frozen", picture };
      this.#tellAll();
    });
    this.#tellAll();
  }

  /** Back to the moving video. Idempotent. */
  unfreeze(): void {
    if (this.ground.peek().kind === "live") return;
    this.#goLive(null);
    this.#tellAll();
  }

  /** Changes the marks on the frozen picture; false: they are full, or there is nothing to do. */
  draw(step: Step): boolean {
    if (this.ground.peek().kind !== "frozen") return false;
    const before = this.marks.peek();
    this.marks.value = applyStep(before, step);
    if (this.marks.peek() === before) return false;
    this.#teller.step(step);
    this.#courier.wake();
    return true;
  }

  /** Points at the picture or the moving video; null: nowhere. */
  point(at: Point | null): void {
    this.pointer.value = at;
    this.#pointerTold = false;
    this.#courier.wake();
  }

  /** Asks the device user for a picture to keep. */
  askSnapshot(): void {
    const ground = this.ground.peek();
    const of = ground.kind === "frozen" ? ground.picture.id : null;
    const id = newName();
    this.snapshot.value = { kind: "asked", id, of };
    this.#courier.say({ type: "snapshot_ask", snapshot: id, of });
  }

  /** Does not want it any more, or is done with it. */
  dropSnapshot(): void {
    const snapshot = this.snapshot.peek();
    if (snapshot.kind === "asked" || snapshot.kind === "coming") {
      this.#courier.say({ type: "snapshot_cancel", snapshot: snapshot.id });
    }
    this.snapshot.value = { kind: "none" };
    this.#tidy();
  }

  /** The call is over: nothing of it stays (S8). */
  end(): void {
    this.easel.setMode("look");
    this.#goLive(null);
    this.snapshot.value = { kind: "none" };
    this.#pointerTold = true;
    this.#courier.forget();
    this.#tidy();
  }

  get #scene(): Scene {
    return { picture: pictureOf(this.ground.peek()), marks: this.marks.peek() };
  }

  #tellAll(): void {
    this.#teller.whole();
    this.#courier.wake();
  }

  /** The device's page may be another one, which knows nothing. */
  #met(): void {
    this.#pointerTold = this.pointer.peek() === null;
    this.#tellAll();
    const snapshot = this.snapshot.peek();
    if (snapshot.kind !== "asked" && snapshot.kind !== "coming") return;
    // A page that was allowed to send it goes on with that; another one asks its user.
    const { id } = snapshot;
    const of = snapshot.kind === "asked" ? snapshot.of : null;
    this.snapshot.value = { kind: "asked", id, of };
    this.#courier.say({ type: "snapshot_ask", snapshot: id, of });
  }

  #closedThere(picture: string, why: ClosedBecause): void {
    if (pictureOf(this.ground.peek())?.id !== picture) return;
    this.#goLive(why);
    this.#tellAll();
  }

  #goLive(why: ClosedBecause | null): void {
    batch(() => {
      this.ground.value = LIVE;
      this.marks.value = [];
      this.pointer.value = null;
      this.closed.value = why;
    });
    this.#tidy();
  }

  #answered({ snapshot: id, answer }: Extract<PeerMessage, { type: "snapshot_answer" }>): void {
    const asked = this.snapshot.peek();
    if (asked.kind !== "asked" || asked.id !== id) return;
    if (answer !== "allowed") {
      this.snapshot.value = { kind: answer };
      return;
    }
    this.snapshot.value = { kind: "coming", id };
    if (asked.of !== null) return void this.#keep(id, asked.of, this.marks.peek());
    this.#pictures.want(id, () => void this.#keep(id, id, []));
  }

  /** Makes the picture with its marks one image to keep. */
  async #keep(snapshot: string, picture: string, marks: readonly Mark[]): Promise<void> {
    const held = this.#pictures.get(picture);
    const image = held === null ? null : await flatten(held, marks);
    const now = this.snapshot.peek();
    if (now.kind !== "coming" || now.id !== snapshot) return;
    this.snapshot.value = image === null ? { kind: "failed" } : { kind: "ready", image };
    this.#courier.say({ type: "snapshot_cancel", snapshot });
    this.#tidy();
  }

  /** Keeps in memory only what is still looked at or waited for. */
  #tidy(): void {
    const snapshot = this.snapshot.peek();
    this.#pictures.keep([
      pictureOf(this.ground.peek())?.id ?? null,
      snapshot.kind === "coming" ? snapshot.id : null,
    ]);
  }

  /** A device that is told the whole may have lost the picture too: it hears next that it is here. */
  #nextNews(): PeerMessage | null {
    const offered = this.#offered === null ? null : this.#pictures.announcement(this.#offered);
    this.#offered = null;
    if (offered !== null) return offered;
    const scene = this.#scene;
    const news = this.#teller.next(scene);
    if (news?.type === "show_scene" && scene.picture?.held === true) {
      this.#offered = scene.picture.id;
    }
    return news;
  }

  #nextPointer(): PeerMessage | null {
    if (this.#pointerTold) return null;
    this.#pointerTold = true;
    return { type: "show_pointer", at: this.pointer.peek() };
  }
}

/** The picture the technician looks at, or waits for; `held`: it is here. */
function pictureOf(ground: Ground): Scene["picture"] {
  switch (ground.kind) {
    case "live":
      return null;
    case "freezing":
      return { id: ground.id, held: false };
    case "frozen":
      return { id: ground.picture.id, held: true };
    default:
      return unreachable(ground);
  }
}

/** A name nobody used before. */
function newName(): string {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  return `${a.toString(36)}${b.toString(36)}`;
}
