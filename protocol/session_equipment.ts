/** A technician's wish, inside a session, that the device user check the equipment. */
import { reject, type Rejection, unreachable } from "./errors.ts";
import type { EquipmentAnswer, EquipmentWish } from "./equipment.ts";
import { currentCall, decided, type Decision, type Session } from "./session_state.ts";

/** The technician asks. Not in a call: its microphone and camera are not for trying out. */
export function askForCheck(session: Session): Decision | Rejection {
  if (session.state.kind !== "open") return reject("not_answered");
  if (currentCall(session).kind === "active") return reject("in_call");
  return withWish(session, "asked");
}

/** The device user starts, does not want to now, or is done; without a wish that changes nothing. */
export function answerCheck(session: Session, answer: EquipmentAnswer): Decision | Rejection {
  if (session.state.kind !== "open") return reject("not_answered");
  const { equipment } = session;
  switch (answer) {
    case "declined":
      return equipment === "asked" ? withWish(session, "declined") : decided(session);
    case "started":
      return equipment === undefined ? decided(session) : withWish(session, "running");
    case "closed":
      return equipment === undefined ? decided(session) : withWish(session, undefined);
    default:
      return unreachable(answer);
  }
}

function withWish(session: Session, wish: EquipmentWish | undefined): Decision {
  if (session.equipment === wish) return decided(session);
  const { equipment: _, ...rest } = session;
  return decided(wish === undefined ? rest : { ...rest, equipment: wish });
}
