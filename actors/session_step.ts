/** What one batch of inputs does to a session, before anything of it is committed. Pure. */
import type { Rejection } from "../protocol/errors.ts";
import {
  decide,
  type Effect,
  type EndReason,
  type Message,
  messageWeight,
  type Session,
  type SessionInput,
  type Surroundings,
} from "../protocol/session.ts";

/** A batch, decided. */
export interface Step {
  /** The state it leads to; the same object as before: nothing changed. */
  readonly session: Session;
  /** The messages to store with it. */
  readonly messages: readonly Message[];
  /** Set: the session is over, whatever else was in the batch. */
  readonly ended: { readonly reason: EndReason; readonly by: string } | null;
  /** What became of each input, in their order. */
  readonly outcomes: readonly (readonly Effect[] | Rejection)[];
}

/** Decides `inputs` one after the other, each on what the one before it left. */
export function decideAll(
  session: Session,
  inputs: readonly SessionInput[],
  around: () => Surroundings,
): Step {
  const messages: Message[] = [];
  const outcomes: (readonly Effect[] | Rejection)[] = [];
  let now = session;
  for (const input of inputs) {
    const decision = decide(now, input, around());
    if (decision.kind === "rejected") {
      outcomes.push(decision);
      continue;
    }
    now = decision.session;
    outcomes.push(decision.effects);
    for (const effect of decision.effects) {
      if (effect.kind === "append") messages.push(effect.message);
    }
  }
  const ended = now.state.kind === "ended" ? now.state : null;
  return { session: now, messages, ended, outcomes };
}

/** How much text an input brings along, in UTF-16 units: what a commit has limits for. */
export function textWeight(input: SessionInput): number {
  if (!("command" in input) || input.command.type !== "text.send") return 0;
  return messageWeight(input.command);
}
