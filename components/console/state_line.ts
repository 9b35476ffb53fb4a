import { unreachable } from "../../protocol/errors.ts";
import type { SessionView } from "../../protocol/messages.ts";
import type { CallOutcome } from "../../protocol/session.ts";
import { callPlace, lastOutcome } from "../../client/call_plan.ts";

/** How a session stands, in a few words for the technician whose page is `page`. */
export function stateLine(view: SessionView, page: string): string {
  const { state } = view;
  switch (state.kind) {
    case "ringing":
      return "Ringing…";
    case "waiting":
      return "No answer. Waiting for the user";
    case "ended":
      return state.reason === "rejected" ? "Rejected" : "Ended";
    case "open":
      return `In session${callLine(view, page)}`;
    default:
      return unreachable(state);
  }
}

function callLine(view: SessionView, page: string): string {
  const place = callPlace(view, { side: "technician", page });
  switch (place.kind) {
    case "none":
      return outcomeLine(lastOutcome(view));
    case "incoming":
      return " · the user is calling";
    case "outgoing":
      return " · calling…";
    case "here":
    case "elsewhere":
      return " · in a call";
    default:
      return unreachable(place);
  }
}

function outcomeLine(outcome: CallOutcome | null): string {
  switch (outcome) {
    case null:
    case "cancelled":
      return "";
    case "hung_up":
      return " · call ended";
    case "declined":
      return " · call declined";
    case "missed":
      return " · call not answered";
    case "switched_off":
      return " · calls were switched off";
    default:
      return unreachable(outcome);
  }
}
