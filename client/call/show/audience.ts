/** The device's part in showing: takes the picture, shows what is drawn, answers for the user. */
import { batch, effect, signal } from "@preact/signals";
import {
  follow,
  type Followed,
  type Mark,
  NOT_FOLLOWING,
  type Point,
  type SceneNews,
} from "../../../protocol/show.ts";
import { Courier } from "./courier.ts";
import { type Picture, takePicture } from "./picture.ts";
import { PictureExchange } from "./picture_exchange.ts";
import type { ClosedBecause, ShowPorts, SnapshotRequest } from "./types.ts";

/** Shows the device user what the technician shows; one per page, for one call after another. */
export class Audience {
  readonly side = "device";
  /** The picture the technician froze; null: the video moves, or the picture is not here yet. */
  readonly picture = signal<Picture | null>(null);
  readonly marks = signal<readonly Mark[]>([]);
  /** Where the technician points; null: nowhere. */
  readonly pointer = signal<Point | null>(null);
  /** What the user is asked for. */
  readonly asked = signal<SnapshotRequest | null>(null);
  readonly #localVideo: ShowPorts["localVideo"];
  readonly #pictures: PictureExchange;
  readonly #courier: Courier;
  #followed: Followed = NOT_FOLLOWING;
  /** The picture being taken now. */
  #taking: string | null = null;
  /** The picture the user closed: the technician may not know yet. */
  #closed: string | null = null;
  /** A snapshot that was allowed, until the technician has it. */
  #allowed: string | null = null;

  constructor({ peer, peerPresent, localVideo, later }: ShowPorts) {
    this.#localVideo = localVideo;
    const sources = [() => this.#pictures.next()];
    this.#courier = new Courier((message) => peer.tell(message), sources, later);
    this.#pictures = new PictureExchange(peer, () => this.#courier.wake());
    peer.on("show_scene", (news) => this.#hear(news));
    peer.on("show_step", (news) => this.#hear(news));
    peer.on("show_pointer", ({ at }) => this.pointer.value = at);
    peer.on("snapshot_ask", ({ snapshot, of }) => this.#ask({ id: snapshot, of }));
    peer.on("snapshot_cancel", ({ snapshot }) => this.#cancel(snapshot));
    // Nobody shows anything any more. The picture stays at hand: a network may only have blinked.
    effect(() => {
      if (!peerPresent.value) this.#hide();
    });
  }

  /** Back to the moving video: the user does not want to look at the picture any more. */
  close(): void {
    const id = this.#followed.scene.picture?.id;
    if (id !== undefined) this.#refusePicture(id, "closed");
  }

  /** The user lets the technician have the picture that was asked for. */
  async allow(): Promise<void> {
    const request = this.asked.peek();
    if (request === null) return;
    const { id, of } = request;
    this.asked.value = null;
    if (of !== null) return this.#answer(id, "allowed");
    this.#allowed = id;
    const stream = this.#localVideo.peek();
    const picture = stream === null ? null : await takePicture(stream, id);
    if (picture === null) return this.#answer(id, "failed");
    if (this.#allowed !== id) return picture.image.close();
    this.#pictures.hold(picture);
    this.#answer(id, "allowed");
    this.#announce(id);
  }

  /** The user does not. */
  refuse(): void {
    const request = this.asked.peek();
    if (request === null) return;
    this.asked.value = null;
    this.#answer(request.id, "refused");
  }

  /** The call is over: nothing of it stays (S8). */
  end(): void {
    this.#hide();
    this.#followed = NOT_FOLLOWING;
    this.#closed = this.#taking = this.#allowed = null;
    this.#courier.forget();
    this.#tidy();
  }

  #hear(news: SceneNews): void {
    const { lost, scene } = this.#followed;
    this.#followed = follow(this.#followed, news);
    if (this.#followed.lost) {
      // Asked once: the whole that comes mends it.
      if (!lost) this.#courier.say({ type: "show_again" });
      return;
    }
    this.marks.value = this.#followed.scene.marks;
    if (this.#followed.scene !== scene && news.type === "show_scene") this.#showPicture();
  }

  /** Has the picture of the scene shown: it is here, or the other page has it, or it is taken now. */
  #showPicture(): void {
    const wanted = this.#followed.scene.picture;
    // It pointed at another picture.
    if (wanted?.id !== this.picture.peek()?.id) this.pointer.value = null;
    this.#tidy();
    if (wanted === null) return void (this.picture.value = null);
    const { id, held } = wanted;
    if (id === this.#closed) return this.#refusePicture(id, "closed");
    const here = this.#pictures.get(id);
    if (here !== null) {
      this.picture.value = here;
      if (!held) this.#announce(id);
    } else if (held) this.#pictures.want(id, () => this.#showPicture());
    else void this.#take(id);
  }

  async #take(id: string): Promise<void> {
    if (this.#taking === id) return;
    this.#taking = id;
    const stream = this.#localVideo.peek();
    const picture = stream === null ? null : await takePicture(stream, id);
    if (this.#taking === id) this.#taking = null;
    if (this.#followed.scene.picture?.id !== id) return picture?.image.close();
    if (picture === null) return this.#refusePicture(id, "no_video");
    this.#pictures.hold(picture);
    this.#showPicture();
  }

  #refusePicture(id: string, why: ClosedBecause): void {
    this.#closed = id;
    this.picture.value = null;
    this.#courier.say({ type: "show_closed", picture: id, why });
  }

  #ask(request: SnapshotRequest): void {
    // Allowed already; the answer was lost on the way.
    if (this.#allowed === request.id && this.#pictures.get(request.id) !== null) {
      this.#answer(request.id, "allowed");
      return this.#announce(request.id);
    }
    this.asked.value = request;
  }

  #cancel(id: string): void {
    if (this.asked.peek()?.id === id) this.asked.value = null;
    if (this.#allowed === id) this.#allowed = null;
    this.#tidy();
  }

  #answer(snapshot: string, answer: "allowed" | "refused" | "failed"): void {
    this.#courier.say({ type: "snapshot_answer", snapshot, answer });
  }

  #announce(id: string): void {
    const announcement = this.#pictures.announcement(id);
    if (announcement !== null) this.#courier.say(announcement);
  }

  /** The technician's page is gone, for now or for good. */
  #hide(): void {
    batch(() => {
      this.picture.value = null;
      this.marks.value = [];
      this.pointer.value = null;
      this.asked.value = null;
    });
    this.#followed = { ...NOT_FOLLOWING, scene: { ...this.#followed.scene, marks: [] } };
    this.#courier.forget();
  }

  /** Keeps in memory only what is still looked at or asked for. */
  #tidy(): void {
    this.#pictures.keep([this.#followed.scene.picture?.id ?? null, this.#allowed]);
  }
}
