/** What the technician's console does: devices, sessions and calls. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Phrase, phrase } from "../locales/phrase.ts";
import type { Say } from "../locales/speaker.ts";
import type { DeviceRow } from "../protocol/messages.ts";
import { watchAttention } from "./attention.ts";
import { type CallPlace, callPlace } from "./call_plan.ts";
import { CallSession, type LoadCall } from "./call_session.ts";
import { type CallOffers, callOffers } from "./call_options.ts";
import { canCall } from "./user_media.ts";
import { ConsoleNotices } from "./console_notices.ts";
import type { Live } from "./live.ts";
import type { Ended } from "./live_state.ts";
import type { OpenSession } from "./open_session.ts";
import type { Attention } from "./receipts.ts";
import { Ringer } from "./ring.ts";
import { isLate, Talk } from "./talk.ts";
import { followUpdates, type Updates } from "./updating.ts";

/** Marks the history entry of a conversation that was opened from the list. */
const OPENED = "live-support:opened";

/** How a session that was on the screen came to its end. */
export type Outcome = "rejected" | "ended";

/** A technician's page. */
export class ConsoleModel {
  /** The device whose conversation is on the screen. */
  readonly open = signal<string | null>(null);
  /** How the session on the screen ended; null: it has not. */
  readonly outcome = signal<Outcome | null>(null);
  /** The session of the conversation on the screen is being started. */
  readonly starting = signal(false);
  readonly search = signal("");
  readonly talk: Talk;
  readonly attention: ReadonlySignal<Attention>;
  /** Notifications to devices without a session, and their answers. */
  readonly notices: ConsoleNotices;
  readonly updates: Updates;
  private readonly ringer: Ringer;
  private readonly stops: (() => void)[];
  private readonly ending = new Set<string>();

  /** `say` gives the browser's tab its words. */
  constructor(readonly live: Live, say: Say, loadCall: LoadCall) {
    this.ringer = new Ringer(say);
    const mayShow = (session: string) => this.rowOf(session)?.available.video !== false;
    const call = new CallSession(live, mayShow, loadCall);
    this.talk = new Talk(live, call);
    const { attention, stop } = watchAttention();
    this.attention = attention;
    live.onEnded((ended) => this.tellEnd(ended));
    const ringing = effect(() => this.ringer.ring(this.ringTitle()));
    const counting = effect(() => this.ringer.count(this.unread()));
    const address = followAddress((device) => this.look(device));
    this.notices = new ConsoleNotices(live, () => this.ringer.chime());
    this.updates = followUpdates(live, () => ({
      inCall: call.session.peek() !== null,
      asked: this.ringTitle() !== null || this.starting.peek(),
    }));
    this.stops = [
      stop,
      () => this.notices.dispose(),
      () => this.updates.dispose(),
      ringing,
      counting,
      address,
      () => call.dispose(),
      () => this.ringer.dispose(),
    ];
  }

  /** The session with `device` on this page. */
  sessionWith(device: string): OpenSession | null {
    for (const open of this.live.sessions.value.values()) {
      if (open.record.peek().view.device.id === device) return open;
    }
    return null;
  }

  /** What is known of a device. */
  row(device: string): DeviceRow | null {
    return this.live.devices.value?.get(device) ?? null;
  }

  /** What can be offered for calls with `device` now. */
  offers(device: string): CallOffers {
    const available = this.row(device)?.available ?? null;
    return callOffers(available, this.live.media.value, canCall());
  }

  /** How a session's call looks from this page. */
  place(session: OpenSession): CallPlace {
    return callPlace(session.record.value.view, this.live);
  }

  /** Shows the conversation with a device; null: the list. The browser's own Back undoes it. */
  show(device: string | null): void {
    const before = this.open.peek();
    if (device === before) return;
    const opened = history.state === OPENED;
    if (device !== null && before === null) history.pushState(OPENED, "", `#${device}`);
    else if (device !== null) history.replaceState(history.state, "", `#${device}`);
    else if (opened) history.back();
    else history.replaceState(null, "", location.pathname);
    this.look(device);
  }

  /** Starts a session (S1) and shows it. */
  async start(device: string): Promise<void> {
    this.show(device);
    this.talk.notice.value = null;
    this.outcome.value = null;
    this.starting.value = true;
    const result = await this.live.act({ type: "session.start", device });
    this.starting.value = false;
    const mine = this.sessionWith(device) !== null || this.row(device)?.session?.mine === true;
    // Refused because the first copy of the command had arrived: that is what was wanted.
    if (result.kind === "ack" || mine) return;
    this.talk.tell(result);
    if (this.open.peek() === device) this.show(null);
  }

  /** Rings the device once more after nobody answered. */
  async ringAgain(session: string): Promise<void> {
    const result = await this.live.act({ type: "session.ring", session });
    const rings = result.kind === "rejected" && result.code === "session_ringing";
    if (!rings && !isLate(result)) this.talk.tell(result);
  }

  /** Asks the device user to check the equipment. */
  async askForCheck(session: string): Promise<void> {
    const result = await this.live.act({ type: "equipment.ask", session });
    if (!isLate(result)) this.talk.tell(result);
  }

  /** Ends a session, which erases it (S5, S8). */
  async end(session: string): Promise<void> {
    this.ending.add(session);
    if (this.talk.call.session.peek() === session) void this.talk.call.hangUp();
    const result = await this.live.act({ type: "session.end", session });
    this.ending.delete(session);
    if (!isLate(result)) this.talk.tell(result);
  }

  /** Takes a notification back, or puts away what became of it. */
  async dismissNotification(id: string): Promise<void> {
    this.talk.tell(await this.notices.dismiss(id));
  }

  /** The page is going away. */
  dispose(): void {
    for (const stop of this.stops) stop();
    this.live.dispose();
  }

  private look(device: string | null): void {
    this.open.value = device;
    this.outcome.value = null;
  }

  private rowOf(session: string): DeviceRow | null {
    const device = this.live.state.peek().sessions.get(session)?.view.device.id;
    return device === undefined ? null : this.live.state.peek().devices?.get(device) ?? null;
  }

  /** How many messages nobody has read yet, in all sessions. */
  private unread(): number {
    let count = 0;
    for (const open of this.live.sessions.value.values()) count += open.unread.value;
    return count;
  }

  private ringTitle(): Phrase | null {
    for (const open of this.live.sessions.value.values()) {
      if (this.place(open).kind === "incoming") {
        return phrase("call.isCalling", { name: open.record.value.view.device.name });
      }
    }
    return null;
  }

  private tellEnd({ record: { view }, reason }: Ended): void {
    const outcome: Outcome = reason === "rejected" ? "rejected" : "ended";
    const own = this.ending.has(view.id);
    if (own && this.open.peek() === view.device.id) this.show(null);
    if (own) return this.talk.inform(phrase("console.youEnded"));
    if (this.open.peek() === view.device.id) this.outcome.value = outcome;
    else if (reason === "rejected") {
      this.talk.inform(phrase("console.rejectedBy", { device: view.device.name }));
    }
  }
}

/** Tells which device the address names, now and whenever the browser goes back or forward. */
function followAddress(look: (device: string | null) => void): () => void {
  const read = () => look(location.hash.slice(1) || null);
  // Fresh marks the entry a page begins with and reloads the page when the browser goes back to it.
  // Going back to the list must not cost a call: the mark goes.
  if (history.state !== OPENED) history.replaceState(null, "");
  read();
  addEventListener("popstate", read);
  return () => removeEventListener("popstate", read);
}
