/** How good a call's connections are, on both sides, and what that means for its pictures. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { PeerMessage } from "../../protocol/peer_messages.ts";
import {
  type Carried,
  encourage,
  flowing,
  nextPicture,
  type PictureFlow,
  type PictureState,
} from "./picture_floor.ts";
import {
  type Bars,
  isSilentThere,
  rate,
  type Sample,
  steady,
  verdictOf,
} from "./quality_rating.ts";
import type { CallQuality, PictureRest } from "./types.ts";

/** What one page tells the other about its own network. */
export type QualityMessage = Extract<PeerMessage, { type: "quality" }>;

/** A link, measured. */
export interface LinkSample {
  readonly sample: Sample;
  /** A picture is to be sent, or to be received. */
  readonly sends: boolean;
  readonly receives: boolean;
  /** The node has no picture small enough for this page's network. */
  readonly starved: boolean;
  /** A picture comes in smaller than this page could show it. */
  readonly lesser: boolean;
}

/** Who hears of it. */
export interface QualityPorts {
  /** For the other page. */
  tell(message: QualityMessage): void;
  /** Pictures flow like that from now on. */
  flow(sends: PictureFlow, receives: PictureFlow): void;
}

/** What the graph shows: two minutes. */
const KEPT = 60;

/** One call's quality. Forgets everything with {@link Quality.forget} (S8). */
export class Quality implements CallQuality {
  readonly samples = signal<readonly Sample[]>([]);
  readonly own: ReadonlySignal<Bars | null>;
  readonly other: ReadonlySignal<Bars | null>;
  readonly verdict = computed(() => verdictOf(this.own.value, this.other.value));
  readonly ownPicture: ReadonlySignal<PictureRest>;
  readonly otherPicture: ReadonlySignal<PictureRest>;
  readonly #ports: QualityPorts;
  readonly #own = signal<Bars | null>(null);
  readonly #told = signal<QualityMessage | null>(null);
  readonly #sends = signal(flowing(0));
  readonly #receives = signal(flowing(0));
  /** Nothing comes from the other side's page, which has not left. */
  readonly #lostThere = signal(false);
  #ratings: readonly Bars[] = [];
  #said: QualityMessage | null = null;
  #broken = false;

  constructor(ports: QualityPorts) {
    this.#ports = ports;
    this.own = this.#own;
    this.other = computed(() => this.#lostThere.value ? 0 : this.#told.value?.bars ?? null);
    this.ownPicture = computed(() =>
      restOf(this.#sends.value.flow, this.#told.value?.receivesPaused)
    );
    this.otherPicture = computed(() =>
      restOf(this.#receives.value.flow, this.#told.value?.sendsPaused)
    );
  }

  /** How the other side's picture is to flow. */
  get receiving(): PictureFlow {
    return this.#receives.value.flow;
  }

  /** One more measurement. */
  add({ sample, sends, receives, starved, lesser }: LinkSample): void {
    this.samples.value = [...this.samples.value, sample].slice(-KEPT);
    // What does not get through is no measure of what does.
    if (this.#broken) return;
    this.#lostThere.value = isSilentThere(this.samples.value.map(({ heardThere }) => heardThere));
    const { at, roundTripMs, availableOut, availableIn, lossOut, lossIn } = sample;
    const out: Carried = {
      at,
      roundTripMs,
      available: availableOut,
      loss: lossOut,
      rate: sample.pictureOut?.rate ?? null,
      starved: false,
    };
    const into: Carried = {
      at,
      roundTripMs,
      // What came in is carried, whatever the node takes it to be.
      available: availableIn === null ? null : Math.max(availableIn, sample.bitrateIn),
      loss: lossIn,
      rate: sample.pictureIn?.rate ?? null,
      starved,
    };
    const before = this.#flows;
    this.#sends.value = sends ? nextPicture(this.#sends.value, out) : flowing(at);
    this.#receives.value = receives ? nextPicture(this.#receives.value, into) : flowing(at);
    if (returned(before[0], this.#sends.value)) {
      this.#receives.value = encourage(this.#receives.value, at);
    }
    if (returned(before[1], this.#receives.value)) {
      this.#sends.value = encourage(this.#sends.value, at);
    }
    if (before.join() !== this.#flows.join()) this.#ports.flow(...this.#flows);
    this.#ratings = [...this.#ratings, rate(sample, { rests: this.#rests, lesser })].slice(-3);
    this.#own.value = steady(this.#ratings);
    this.#say();
  }

  /** There is another link: nothing is known of its network. */
  linked(): void {
    const at = performance.now();
    this.#sends.value = flowing(at);
    this.#receives.value = flowing(at);
    this.#ratings = [];
  }

  /** Nothing gets through, or something does again. */
  works(works: boolean): void {
    this.#broken = !works;
    if (works) return;
    this.#lostThere.value = false;
    this.#ratings = [];
    this.#own.value = 0;
  }

  /** The other side's page came or went. */
  otherPresent(present: boolean): void {
    this.#said = null;
    this.#lostThere.value = false;
    if (present) this.#say();
    else this.#told.value = null;
  }

  /** The other side said how its own network is. */
  heard(message: QualityMessage): void {
    this.#told.value = message;
  }

  /** The call is over. */
  forget(): void {
    this.linked();
    this.#broken = false;
    this.samples.value = [];
    this.#own.value = null;
    this.#lostThere.value = false;
    this.#told.value = null;
    this.#said = null;
  }

  get #flows(): [PictureFlow, PictureFlow] {
    return [this.#sends.value.flow, this.#receives.value.flow];
  }

  get #rests(): boolean {
    return this.#flows.some((flow) => flow !== "flows");
  }

  /** Only what changed: a measurement every other second is the most there is to say. */
  #say(): void {
    const bars = this.#own.value;
    if (bars === null) return;
    const [sendsPaused, receivesPaused] = this.#flows.map((flow) => flow !== "flows");
    const message: QualityMessage = {
      type: "quality",
      bars,
      sendsPaused: sendsPaused === true,
      receivesPaused: receivesPaused === true,
    };
    if (JSON.stringify(message) === JSON.stringify(this.#said)) return;
    this.#said = message;
    this.#ports.tell(message);
  }
}

function returned(before: PictureFlow, { flow }: PictureState): boolean {
  return before === "tried" && flow === "flows";
}

function restOf(flow: PictureFlow, there: boolean | undefined): PictureRest {
  if (flow !== "flows") return "weak_here";
  return there === true ? "weak_there" : null;
}
