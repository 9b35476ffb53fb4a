/** Calls while things break: what people do about them, and what must be true of them afterwards. */
import { callKey, type CallPlace, callPlace } from "../../client/call_plan.ts";
import type { Command, SessionView } from "../../protocol/messages.ts";
import type { Call } from "../../protocol/session.ts";
import { CallPart } from "./call_part.ts";
import type { FaultPage } from "./page.ts";
import { pass } from "./product.ts";
import { say } from "./traffic.ts";
import { begin, type Conversation, pagesOf, type World } from "./world.ts";

/** The longest somebody does nothing, in milliseconds. */
const LONGEST_PAUSE = 120;
const SIDES = ["technician", "device"] as const;

/** The call parts of all pages that have conversations. */
export type CallParts = ReadonlyMap<FaultPage, CallPart>;

/** Opens them; each goes to the calls its page has a place in, until the world is left. */
export function openCallParts(world: World, stack: AsyncDisposableStack): CallParts {
  const pages = new Set(world.conversations.flatMap(pagesOf));
  return new Map([...pages].map((page) => [page, stack.use(new CallPart(page))]));
}

/** People call, accept, hang up and change the page, until `over`; nothing here waits. */
export async function callTraffic(world: World, atLeast: number, over: () => boolean) {
  const { dice, conversations } = world;
  for (let at = 0; at < atLeast || !over(); at++) {
    const conversation = dice.pick(conversations);
    const page = dice.pick(pagesOf(conversation));
    const command = nextTo(page, conversation, dice.next());
    if (command === null) say(world);
    else act(world, page, command);
    await pass(dice.between(0, LONGEST_PAUSE));
  }
}

/** What somebody does who sees how the call stands; null: something else. */
function nextTo(page: FaultPage, { device }: Conversation, chance: number): Command | null {
  const view = page.session(device)?.record.peek().view;
  if (view === undefined) return null;
  const { id: session } = view;
  const place = placeOf(page, view);
  // One microphone is in one call: who takes another leaves the first (client/call_session.ts).
  if (inAnotherCall(page, session)) {
    return takesPart(place) ? { type: "call.hangup", session } : null;
  }
  switch (place.kind) {
    case "none":
      return chance < 0.5 ? { type: "call.start", session, medium: "voice" } : null;
    case "incoming":
      return chance < 0.7
        ? { type: "call.accept", session, medium: "voice" }
        : { type: "call.hangup", session };
    case "outgoing":
    case "here":
      return chance > 0.9 ? { type: "call.hangup", session } : null;
    case "elsewhere":
      return chance < 0.4 ? { type: "call.join", session } : null;
  }
}

function placeOf(page: FaultPage, view: Pick<SessionView, "state">): CallPlace {
  return callPlace(view, { side: page.side, page: page.id });
}

function takesPart(place: CallPlace): boolean {
  return place.kind === "here" || place.kind === "outgoing";
}

function inAnotherCall(page: FaultPage, than: string): boolean {
  return [...page.live.sessions.peek().values()].some(({ id, record }) =>
    id !== than && takesPart(placeOf(page, record.peek().view))
  );
}

/** Everybody is in a call: the first page of each side calls, or takes the call that rings. */
export function everybodyCalls(world: World): void {
  for (const conversation of world.conversations) {
    for (const side of SIDES) {
      const [page] = conversation.pages[side];
      const command = page === undefined ? null : nextTo(page, conversation, 0);
      if (page !== undefined && command !== null) act(world, page, command);
    }
  }
}

/** Somebody does something about a call: the run is judged once it is known what became of it. */
function act(world: World, page: FaultPage, command: Command): void {
  begin(world, command.type, async () => void await page.live.connection.command(command));
}

/** Nobody calls any more. */
export function everybodyHangsUp(world: World): void {
  for (const { pages, device } of world.conversations) {
    const [page] = pages.technician;
    const view = page?.session(device)?.record.peek().view;
    if (page === undefined || view === undefined || callOf(view).kind === "none") continue;
    act(world, page, { type: "call.hangup", session: view.id });
  }
}

/** What the head says of calls, the pages do, and the node sees; nothing rings that was left to. */
export function wrongCalls(world: World, parts: CallParts): string[] {
  const wrong = world.conversations.flatMap((one) => wrongCall(one, parts));
  const wanted = new Set(world.conversations.flatMap((one) => [...placesIn(one).keys()]));
  for (const [page, { standing }] of parts) {
    if (!wanted.has(page) && standing.kind !== "out") {
      wrong.push(`${page.id} has no place in a call, and is ${JSON.stringify(standing)}`);
    }
  }
  return wrong;
}

/** The same, and who took a second call while the first was still answered leaves both. */
export function wrongUnlessInOne(world: World, parts: CallParts): string[] {
  for (const conversation of world.conversations) {
    for (const page of pagesOf(conversation)) {
      const view = page.session(conversation.device)?.record.peek().view;
      if (view === undefined || !inAnotherCall(page, view.id)) continue;
      if (takesPart(placeOf(page, view))) {
        act(world, page, { type: "call.hangup", session: view.id });
      }
    }
  }
  return wrongCalls(world, parts);
}

/** The same, and everybody is in a call. */
export function wrongUnlessCalling(world: World, parts: CallParts): string[] {
  everybodyCalls(world);
  const without = world.conversations.filter((one) => placesIn(one).size < SIDES.length);
  return [...wrongCalls(world, parts), ...without.map(({ device }) => `${device} is in no call`)];
}

/** The same, and nobody is. */
export function wrongUnlessSilent(world: World, parts: CallParts): string[] {
  everybodyHangsUp(world);
  const calling = world.conversations.filter((one) => placesIn(one).size > 0);
  return [...wrongCalls(world, parts), ...calling.map(({ device }) => `${device} is in a call`)];
}

/** The pages an active call names, each with its key. */
function placesIn({ pages, device }: Conversation): Map<FaultPage, string> {
  const places = new Map<FaultPage, string>();
  for (const side of SIDES) {
    for (const page of pages[side]) {
      const view = page.session(device)?.record.peek().view;
      const place = view && placeOf(page, view);
      if (place?.kind === "here") places.set(page, callKey(view?.id ?? "", place.call.id));
    }
  }
  return places;
}

function callOf({ state }: Pick<SessionView, "state">): Call | { readonly kind: "none" } {
  return state.kind === "open" ? state.call : { kind: "none" };
}

function wrongCall(conversation: Conversation, parts: CallParts): string[] {
  const { device } = conversation;
  const seen = pagesOf(conversation).map((page) => {
    const view = page.session(device)?.record.peek().view;
    return view === undefined ? "nothing" : JSON.stringify(callOf(view));
  });
  const [first = ""] = seen;
  const wrong: string[] = [];
  if (seen.some((one) => one !== first)) wrong.push(`${device}: pages see calls: ${seen}`);
  if (first.includes('"ringing"')) wrong.push(`${device}: a ghost rings: ${first}`);
  const places = placesIn(conversation);
  if (places.size === 1) wrong.push(`${device}: one side alone is in the call ${first}`);
  for (const [page, key] of places) {
    const standing = parts.get(page)?.standing;
    const right = standing?.kind === "joined" && standing.at.key === key && standing.peer;
    if (!right) wrong.push(`${page.id} is named by ${key}, and is ${JSON.stringify(standing)}`);
  }
  return wrong;
}
