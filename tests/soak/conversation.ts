/** Two people in one session after the other: they write, read, lose the network, end, begin anew. */
import type { Side } from "../../protocol/receipts.ts";
import { pause, type SoakPage, type Tally } from "./page.ts";

/** How a device's day goes, in milliseconds. */
export interface Pace {
  /** Between two texts of a session. */
  readonly text: number;
  /** How long a session lives, on average. */
  readonly session: number;
  /** How long a connection lives, on average. */
  readonly connection: number;
}

/** What all conversations did together. */
export interface Deeds extends Tally {
  texts: number;
  sessions: number;
  drops: number;
}

const WORDS = "Is it plugged in? Please look at the back of the device, on the left.";

/** The conversations of one device with its technician. */
export class Conversation {
  readonly #pages: Readonly<Record<Side, SoakPage>>;
  readonly #device: string;
  readonly #pace: Pace;
  readonly #deeds: Deeds;
  /** What was acknowledged in the session under way: the page, its number, and what it became. */
  #acked = new Map<string, number>();
  #n = { technician: 0, device: 0 };

  constructor(technician: SoakPage, device: SoakPage, id: string, pace: Pace, deeds: Deeds) {
    this.#pages = { technician, device };
    this.#device = id;
    this.#pace = pace;
    this.#deeds = deeds;
  }

  /** Goes on until `until` (milliseconds of performance.now()), then ends the session it is in. */
  async run(until: number): Promise<void> {
    // Not all at once.
    await pause(Math.random() * Math.min(this.#pace.text, until - performance.now()));
    while (performance.now() < until) {
      const end = performance.now() + this.#pace.session * (0.5 + Math.random());
      await this.#session(Math.min(end, until));
    }
  }

  async #session(until: number): Promise<void> {
    const session = await this.#begin();
    if (session === null) return;
    this.#deeds.sessions++;
    this.#acked = new Map();
    this.#n = { technician: 0, device: 0 };
    while (performance.now() < until) {
      const rest = pause(this.#pace.text * (0.5 + Math.random()));
      await this.#write(session, Math.random() < 0.5 ? "technician" : "device");
      this.#maybeDrop();
      await rest;
    }
    await this.#compare(session);
    await this.#pages.technician.insist({ type: "session.end", session });
    const { device } = this.#pages;
    if (!await device.until(() => !device.sessions.has(session))) {
      this.#wrong(session, "[S5] the device did not hear of the end");
    }
  }

  async #begin(): Promise<string | null> {
    const { technician, device } = this.#pages;
    const started = await technician.insist({ type: "session.start", device: this.#device });
    const own = [...technician.sessions.values()]
      .find(({ view }) => view.device.id === this.#device)?.view.id;
    // Asked again after a lost answer, it is held by the one who asked.
    const session = started.type === "ack" && "session" in started ? started.session : own;
    if (session === undefined) {
      this.#deeds.wrong.push(`[S2] ${this.#device}: ${JSON.stringify(started)}`);
      return null;
    }
    await device.until(() => device.sessions.has(session));
    const answered = await device.insist({ type: "session.answer", session, as: "text" });
    const state = device.sessions.get(session)?.view.state.kind;
    if (answered.type === "rejected" && state !== "open") {
      this.#wrong(session, `the answer was refused: ${answered.code}`);
      return null;
    }
    await technician.until(() => technician.sessions.has(session));
    for (const page of [technician, device]) this.#confirm(page, session);
    return session;
  }

  async #write(session: string, side: Side): Promise<void> {
    const page = this.#pages[side];
    const n = ++this.#n[side];
    const answer = await page.insist({ type: "text.send", session, n, text: WORDS });
    if (answer.type !== "ack" || !("seq" in answer)) {
      return this.#wrong(session, `a text was refused: ${JSON.stringify(answer)}`);
    }
    this.#deeds.texts++;
    this.#acked.set(`${page.client} ${n}`, answer.seq);
    const other = this.#pages[side === "device" ? "technician" : "device"];
    this.#confirm(page, session);
    const { seq } = answer;
    if (!await other.until(() => (other.sessions.get(session)?.lastSeq ?? 0) >= seq)) {
      this.#wrong(session, `[C2] text ${seq} did not arrive at ${other.client}`);
    }
    this.#confirm(other, session);
  }

  /** Says what a page holds and has read, as it does for every text. */
  #confirm(page: SoakPage, session: string): void {
    const lastSeq = page.sessions.get(session)?.lastSeq ?? 0;
    if (lastSeq === 0) return;
    void page.insist({ type: "text.cursor", session, received: lastSeq, read: lastSeq });
  }

  #maybeDrop(): void {
    const { text, connection } = this.#pace;
    // The technician's page is shared by ten devices.
    if (Math.random() * connection < text) return this.#drop(this.#pages.device);
    if (Math.random() * connection * 10 < text) this.#drop(this.#pages.technician);
  }

  #drop(page: SoakPage): void {
    this.#deeds.drops++;
    page.drop();
  }

  /** Before the end both sides hold every text that was acknowledged, once, and nothing else. */
  async #compare(session: string): Promise<void> {
    const count = this.#acked.size;
    for (const page of Object.values(this.#pages)) {
      await page.until(() => (page.sessions.get(session)?.lastSeq ?? 0) >= count);
      const held = page.sessions.get(session);
      const missing = [...this.#acked].filter(([name, seq]) => held?.texts.get(name) !== seq);
      for (const [name, seq] of missing) {
        this.#wrong(session, `[C2] ${page.client} lacks text ${seq}, ${name}`);
      }
      if (held !== undefined && held.texts.size !== count) {
        this.#wrong(session, `[C2] ${page.client} holds ${held.texts.size} of ${count} texts`);
      }
    }
  }

  #wrong(session: string, what: string): void {
    this.#deeds.wrong.push(`session ${session}: ${what}`);
  }
}
