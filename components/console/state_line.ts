import type { KeyOf } from "../../locales/catalogue.ts";
import { type Phrase, phrase } from "../../locales/phrase.ts";
import { unreachable } from "../../protocol/errors.ts";
import type { SessionView } from "../../protocol/messages.ts";
import type { CallOutcome, Participation } from "../../protocol/session.ts";
import { callPlace, lastOutcome } from "../../client/call_plan.ts";

/** How a session stands, shortly, for the technician whose page is `page`. */
export function stateLine(view: SessionView, page: string): Phrase {
  const { state } = view;
  switch (state.kind) {
    case "ringing":
      return phrase("console.ringing");
    case "waiting":
      return phrase("console.noAnswer");
    case "ended":
      return phrase(state.reason === "rejected" ? "console.rejected" : "console.ended");
    case "open":
      return inSession(callLine(view, page));
    default:
      return unreachable(state);
  }
}

/** What there is to say of the call in it; null: nothing. */
type Call = KeyOf<"console"> | null;

function inSession(call: Call): Phrase {
  if (call === null) return phrase("console.inSession");
  return phrase("console.inSessionAnd", { call: { key: call } });
}

function callLine(view: SessionView, page: string): Call {
  const place = callPlace(view, { side: "technician", page });
  switch (place.kind) {
    case "none":
      return outcomeLine(lastOutcome(view));
    case "incoming":
      return "console.userCalling";
    case "outgoing":
      return "console.calling";
    case "here":
    case "elsewhere":
      return callState(place.call.sides.device);
    default:
      return unreachable(place);
  }
}

/** What a technician with many sessions needs to know of this one's call. */
function callState({ trouble, screen }: Participation): Call {
  const { microphone, camera } = trouble ?? {};
  if (microphone === "phone_call") return "console.onPhoneCall";
  if (microphone !== undefined) return "console.noMicrophone";
  if (camera === "paused" && screen !== true) return "console.cameraPaused";
  return "console.inCall";
}

function outcomeLine(outcome: CallOutcome | null): Call {
  switch (outcome) {
    case null:
    case "cancelled":
      return null;
    case "hung_up":
      return "console.callEnded";
    case "declined":
      return "console.callDeclined";
    case "missed":
      return "console.callMissed";
    case "switched_off":
      return "console.callsOff";
    default:
      return unreachable(outcome);
  }
}
