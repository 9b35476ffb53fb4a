import { useSignal } from "@preact/signals";
import type { PushReach, ReachFailure } from "../../client/push/push_reach.ts";
import type { Reach } from "../../client/push/reach.ts";
import { failure } from "../../client/talk.ts";
import type { KeyOf } from "../../locales/catalogue.ts";
import { type Phrase, phrase } from "../../locales/phrase.ts";
import { useSay } from "../words.tsx";

/** Props of {@link ReachCard}. */
export interface ReachCardProps {
  readonly reach: PushReach;
}

/** Lets technicians reach this device while its page is closed (T5): says how it stands, and asks. */
export function ReachCard({ reach }: ReachCardProps) {
  const say = useSay();
  const busy = useSignal(false);
  const problem = useSignal<Phrase | null>(null);
  const state = reach.state.value;
  if (state === "unable") return null;
  const ask = async (what: () => ReturnType<PushReach["turnOn"]>) => {
    if (busy.peek()) return;
    busy.value = true;
    const result = await what();
    busy.value = false;
    problem.value = result.ok ? null : why(result.why);
  };
  return (
    <section class={`reach-card reach-${state}`} aria-labelledby="reach-title">
      <h2 id="reach-title">{say(TITLES[state])}</h2>
      <p>{say(TEXTS[state])}</p>
      {state === "off"
        ? (
          <button
            type="button"
            class="button"
            aria-disabled={busy.value}
            onClick={() => void ask(() => reach.turnOn())}
          >
            {say("notifications.turnOn")}
          </button>
        )
        : null}
      {state === "on"
        ? (
          <button
            type="button"
            class="button"
            aria-disabled={busy.value}
            onClick={() => void ask(() => reach.turnOff())}
          >
            {say("notifications.turnOff")}
          </button>
        )
        : null}
      {problem.value === null ? null : <p class="field-error" role="alert">{say(problem.value)}</p>}
    </section>
  );
}

type Shown = Exclude<Reach, "unable">;

const TITLES = {
  home_screen: "notifications.reachTitle",
  off: "notifications.reachTitle",
  denied: "notifications.blockedTitle",
  on: "notifications.onTitle",
} as const satisfies Record<Shown, KeyOf<"notifications">>;

const TEXTS = {
  home_screen: "notifications.homeScreen",
  off: "notifications.reachText",
  denied: "notifications.blocked",
  on: "notifications.onText",
} as const satisfies Record<Shown, KeyOf<"notifications">>;

function why(reason: ReachFailure): Phrase {
  switch (reason.kind) {
    case "denied":
      return phrase("notifications.blocked");
    case "no_service":
      return phrase("notifications.noService");
    case "refused":
      return failure(reason.result) ?? phrase("notifications.noService");
  }
}
