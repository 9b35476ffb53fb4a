import type { ComponentChildren } from "preact";
import { Avatar } from "../Avatar.tsx";
import { Control } from "./Control.tsx";
import { useSay } from "../words.tsx";

/** Props of {@link CallWaiting}. */
export interface CallWaitingProps {
  /** The other person or device. */
  readonly name: string;
  /** What is being waited for. */
  readonly text: string;
  /** What keeps the call from coming, and how to go on. */
  readonly problem?: { readonly text: string; readonly onRetry: () => void } | null;
  /** Absent: hung up already. */
  readonly onHangUp?: () => void;
  /** More controls, before Hang up. */
  readonly children?: ComponentChildren;
}

/** Stands where the call will be while its code is still on the way over a slow network. */
export function CallWaiting({ name, text, problem, onHangUp, children }: CallWaitingProps) {
  const say = useSay();
  return (
    <div class="stage">
      <Avatar name={name} size="large" />
      <div class="stage-caption">
        <p class="stage-name" dir="auto">{name}</p>
        <p class="stage-line" aria-live="polite">{text}</p>
      </div>
      <div class="stage-messages">
        {problem
          ? (
            <div class="stage-problem" role="alert">
              <p>{problem.text}</p>
              <button type="button" class="button" onClick={problem.onRetry}>
                {say("common.tryAgain")}
              </button>
            </div>
          )
          : null}
      </div>
      <div class="call-controls" role="group" aria-label={say("call.group")}>
        {children}
        {onHangUp
          ? <Control icon="hangUp" label={say("call.hangUp")} danger onClick={onHangUp} />
          : null}
      </div>
    </div>
  );
}
