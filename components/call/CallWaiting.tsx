import type { ComponentChildren } from "preact";
import { Avatar } from "../Avatar.tsx";
import { Control } from "./CallControls.tsx";

/** Props of {@link CallWaiting}. */
export interface CallWaitingProps {
  /** The other person or device. */
  readonly name: string;
  /** What is being waited for. */
  readonly text: string;
  /** What keeps the call from coming, and how to go on. */
  readonly problem?: { readonly sentence: string; readonly onRetry: () => void } | null;
  /** Absent: hung up already. */
  readonly onHangUp?: () => void;
  /** More controls, before Hang up. */
  readonly children?: ComponentChildren;
}

/** Stands where the call will be while its code is still on the way over a slow network. */
export function CallWaiting({ name, text, problem, onHangUp, children }: CallWaitingProps) {
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
              <p>{problem.sentence}</p>
              <button type="button" class="button" onClick={problem.onRetry}>Try again</button>
            </div>
          )
          : null}
      </div>
      <div class="call-controls" role="group" aria-label="Call">
        {children}
        {onHangUp ? <Control icon="hangUp" label="Hang up" danger onClick={onHangUp} /> : null}
      </div>
    </div>
  );
}
