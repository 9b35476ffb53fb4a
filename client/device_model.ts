/** What a device's page does: the agent's status, ringing, and the call window (rules S3-S7). */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Phrase, phrase } from "../locales/phrase.ts";
import type { Say } from "../locales/speaker.ts";
import type { EquipmentAnswer } from "../protocol/equipment.ts";
import type { SessionView } from "../protocol/messages.ts";
import type { Medium } from "../protocol/session.ts";
import { watchAttention } from "./attention.ts";
import { type CallPlace, callPlace } from "./call_plan.ts";
import { CallSession, type LoadCall } from "./call_session.ts";
import { type CallOffers, callOffers } from "./call_options.ts";
import { canCall } from "./user_media.ts";
import { type Live, onlySession } from "./live.ts";
import type { Ended } from "./live_state.ts";
import type { OpenSession } from "./open_session.ts";
import type { Attention } from "./receipts.ts";
import { Ringer } from "./ring.ts";
import { isLate, Talk } from "./talk.ts";
import { followUpdates, type Updates } from "./updating.ts";

const ENDED = phrase("device.sessionEnded");

/** A device's page. */
export class DeviceModel {
  /** The device's session, once the device user may see it (S2). */
  readonly session: ReadonlySignal<OpenSession | null>;
  readonly talk: Talk;
  readonly offers: ReadonlySignal<CallOffers>;
  readonly attention: ReadonlySignal<Attention>;
  /** The person closed the call window; the session goes on. */
  readonly closed = signal(false);
  /** The check of the equipment is open. */
  readonly checking = signal(false);
  /** An answer is on its way. */
  readonly answering = signal(false);
  readonly updates: Updates;
  private readonly ringer: Ringer;
  private readonly stops: (() => void)[];
  private lastView: SessionView | null = null;

  /** `say` gives the browser's tab its words. */
  constructor(readonly live: Live, say: Say, loadCall: LoadCall) {
    this.ringer = new Ringer(say);
    this.session = onlySession(live);
    const available = computed(() => live.device.value?.available ?? null);
    this.offers = computed(() => callOffers(available.value, live.media.value, canCall()));
    const call = new CallSession(live, () => available.peek()?.video !== false, loadCall);
    this.talk = new Talk(live, call);
    const { attention, stop } = watchAttention();
    this.attention = attention;
    live.onEnded((ended) => this.tellEnd(ended));
    const ringing = effect(() => this.ringer.ring(this.ringTitle()));
    const following = effect(() => this.follow(this.session.value?.record.value.view ?? null));
    const counting = effect(() => this.ringer.count(this.session.value?.unread.value ?? 0));
    // A call takes microphone and camera: nothing else holds them then.
    const giving = effect(() => {
      if (call.session.value !== null) this.check(false);
    });
    this.updates = followUpdates(live, () => ({
      inCall: call.session.peek() !== null,
      asked: this.asked(),
    }));
    this.stops = [
      stop,
      () => this.updates.dispose(),
      giving,
      ringing,
      counting,
      following,
      () => call.dispose(),
      () => this.ringer.dispose(),
    ];
  }

  /** How the session's call looks from this page. */
  place(): CallPlace {
    const view = this.session.value?.record.value.view;
    return view === undefined ? { kind: "none" } : callPlace(view, this.live);
  }

  /** Whether the call window is to be shown. */
  windowOpen(): boolean {
    return this.session.value?.record.value.view.state.kind === "open" && !this.closed.value;
  }

  /** Whether something waits for the device user's answer. */
  asked(): boolean {
    const kind = this.session.value?.record.value.view.state.kind;
    return kind === "ringing" || kind === "waiting" || this.place().kind === "incoming";
  }

  /** Opens or closes the call window; a reload keeps it as it was. */
  show(open: boolean): void {
    this.closed.value = !open;
    this.talk.notice.value = null;
    const id = this.session.peek()?.id;
    if (id !== undefined) this.live.storage.write(id, "window", open ? "open" : "closed");
  }

  /** Opens or closes the check of the equipment; a technician who asked for it is told. */
  check(open: boolean): void {
    if (this.checking.peek() === open) return;
    this.checking.value = open;
    this.answerCheck(open ? "started" : "closed");
  }

  /** Not now, says the device user to the technician's wish. */
  declineCheck(): void {
    this.answerCheck("declined");
  }

  /** Takes the technician's call, in the tap, and shows it. */
  async accept(medium: Medium | "text"): Promise<void> {
    const session = this.session.peek()?.id;
    if (session === undefined || medium === "text") return;
    this.show(true);
    await this.talk.accept(session, medium);
  }

  /** Answers the session (S3), in the tap: microphone and camera open now and not before (M2). */
  async answer(as: Medium | "text"): Promise<void> {
    const open = this.session.peek();
    if (open === null || this.answering.peek()) return;
    this.answering.value = true;
    const kind = () => open.record.peek().view.state.kind;
    const wanted = () => kind() === "ringing" || kind() === "waiting";
    const command = { type: "session.answer", session: open.id, as } as const;
    const medium = as === "text" ? null : as;
    const result = await this.talk.call.ask(open.id, command, medium, wanted);
    this.answering.value = false;
    const { state } = open.record.peek().view;
    const here = state.kind === "open" && state.answeredBy === this.live.page;
    if (result.kind === "ack" || here) this.show(true);
    else if (!isLate(result)) this.talk.tell(result);
  }

  /** Rejects the session, which ends it (S4). */
  async reject(): Promise<void> {
    const session = this.session.peek()?.id;
    if (session === undefined || this.answering.peek()) return;
    const result = await this.live.act({ type: "session.reject", session });
    if (!isLate(result)) this.talk.tell(result);
  }

  /** The page is going away. */
  dispose(): void {
    for (const stop of this.stops) stop();
    this.live.dispose();
  }

  private answerCheck(answer: EquipmentAnswer): void {
    const view = this.session.peek()?.record.peek().view;
    if (view?.equipment === undefined) return;
    void this.live.act({ type: "equipment.answer", session: view.id, answer });
  }

  private ringTitle(): Phrase | null {
    const view = this.session.value?.record.value.view;
    if (view === undefined) return null;
    const { name } = view.technician;
    if (view.state.kind === "ringing") return phrase("device.wantsToHelpTitle", { name });
    return this.place().kind === "incoming" ? phrase("call.isCalling", { name }) : null;
  }

  /** Notices what other pages of this device did. */
  private follow(view: SessionView | null): void {
    const before = this.lastView;
    this.lastView = view;
    if (view !== null && before?.id !== view.id) this.talk.notice.value = null;
    if (view?.state.kind !== "open") return;
    const { answeredBy } = view.state;
    if (before?.id !== view.id) {
      const kept = this.live.storage.read(view.id, "window");
      this.closed.value = kept === null ? answeredBy !== this.live.page : kept === "closed";
      return;
    }
    if (before.state.kind !== "open") {
      this.closed.value = answeredBy !== this.live.page;
      this.talk.notice.value = null;
      if (this.closed.peek()) this.talk.inform(phrase("common.answeredElsewhere"));
      return;
    }
    const wasRinging = callPlace(before, this.live).kind === "incoming";
    const elsewhere = callPlace(view, this.live).kind === "elsewhere";
    if (wasRinging && elsewhere) this.talk.inform(phrase("common.answeredElsewhere"));
  }

  private tellEnd({ reason, by }: Ended): void {
    this.closed.value = false;
    if (reason !== "rejected") return this.talk.inform(ENDED);
    const own = by === null || by === this.live.page;
    this.talk.inform(phrase(own ? "device.youRejected" : "device.declinedElsewhere"));
  }
}
