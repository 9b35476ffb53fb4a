/** What both sides can do about calls in a session, with failures told as phrases. */
import { signal } from "@preact/signals";
import { type Phrase, phrase } from "../locales/phrase.ts";
import type { Holder } from "../protocol/errors.ts";
import type { Medium } from "../protocol/session.ts";
import type { CallSession } from "./call_session.ts";
import { callPlace } from "./call_plan.ts";
import type { CommandResult } from "./connection.ts";
import type { Live } from "./live.ts";

/** Something for the person to read; "info" is no failure. */
export interface Notice {
  readonly tone: "info" | "problem";
  readonly text: Phrase;
}

/** Said when nobody knows what became of a command. */
const NO_CONNECTION = phrase("common.noConnection");

/** What went wrong with a command; null: nothing. */
export function failure(result: CommandResult): Phrase | null {
  switch (result.kind) {
    case "ack":
      return null;
    case "rejected":
      return result.holder === undefined ? phrase(`errors.${result.code}`) : held(result.holder);
    case "disconnected":
      return NO_CONNECTION;
  }
}

function held({ name, you }: Holder): Phrase {
  return you ? phrase("console.youHaveSession") : phrase("console.otherHasSession", { name });
}

/** The call commands of a page and what they said. */
export class Talk {
  /** What to tell the person; they, or what happens next, clear it. */
  readonly notice = signal<Notice | null>(null);

  constructor(readonly live: Live, readonly call: CallSession) {}

  /** Calls the other side. */
  async start(session: string, medium: Medium): Promise<void> {
    const command = { type: "call.start", session, medium } as const;
    this.tell(await this.call.ask(session, command, medium, () => this.place(session) === "none"));
  }

  /** Takes the other side's call. */
  async accept(session: string, medium: Medium): Promise<void> {
    const command = { type: "call.accept", session, medium } as const;
    const wanted = () => this.place(session) === "incoming";
    const result = await this.call.ask(session, command, medium, wanted);
    if (this.place(session) === "here") return;
    if (isLate(result)) this.inform(phrase("common.answeredElsewhere"));
    else this.tell(result);
  }

  /** Declines the other side's call; the session goes on. */
  async decline(session: string): Promise<void> {
    this.settleLate(await this.live.act({ type: "call.hangup", session }));
  }

  /** Ends the call this page is in, or takes back its own ringing; the session goes on (S6). */
  async hangUp(session: string): Promise<void> {
    const here = this.call.session.peek() === session;
    const inCall = here && this.place(session) === "here";
    const hangup = { type: "call.hangup", session } as const;
    const result = await (here ? this.call.hangUp() : this.live.act(hangup));
    // Who left a call without a network has left it: the page says it again by itself.
    if (!inCall || result.kind !== "disconnected") this.settleLate(result);
  }

  /** Takes the call over from another page of the same person. */
  async moveHere(session: string, medium: Medium): Promise<void> {
    const command = { type: "call.join", session } as const;
    this.tell(
      await this.call.ask(session, command, medium, () => this.place(session) === "elsewhere"),
    );
  }

  /** Says something that is no failure. */
  inform(text: Phrase): void {
    this.notice.value = { tone: "info", text };
  }

  /** Says what went wrong, if anything did. */
  tell(result: CommandResult): void {
    const text = failure(result);
    if (text !== null) this.notice.value = { tone: "problem", text };
  }

  /** What should end is over already: all the better. */
  private settleLate(result: CommandResult): void {
    if (!isLate(result)) this.tell(result);
  }

  private place(session: string) {
    const view = this.live.state.peek().sessions.get(session)?.view;
    const self = { side: this.live.side, page: this.live.page };
    return view === undefined ? null : callPlace(view, self).kind;
  }
}

/** Somebody else was faster, or the first copy of a repeated command had arrived. */
export function isLate(result: CommandResult): boolean {
  if (result.kind !== "rejected") return false;
  const late = ["already_answered", "not_ringing", "no_call", "session_ended"];
  return late.includes(result.code);
}
