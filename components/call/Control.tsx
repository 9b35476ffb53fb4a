import { Icon, type IconName } from "../Icon.tsx";
import { useSpeaker } from "../words.tsx";

/** Props of {@link Control}. */
export interface ControlProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  /** What it stands for is off now. */
  readonly off?: boolean;
  readonly danger?: boolean;
  /** It does nothing now; the keyboard stays on it, and what it is called is still read. */
  readonly disabled?: boolean;
  /** Why it is as it is, e.g. disabled. */
  readonly hint?: string | undefined;
  /** It opens something, which is open or not. */
  readonly expanded?: boolean;
  /** It is switched on, or not. */
  readonly pressed?: boolean;
  /** A count to draw attention to. */
  readonly badge?: number;
}

/** One big round control with its name under it. */
export function Control(props: ControlProps) {
  const speaker = useSpeaker();
  const { icon, label, onClick, off, danger, disabled, hint, expanded, pressed, badge } = props;
  const look = danger ? "control control-danger" : off ? "control control-off" : "control";
  return (
    <button
      type="button"
      class={look}
      aria-disabled={disabled}
      title={hint}
      aria-expanded={expanded}
      aria-pressed={pressed}
      aria-description={badge ? speaker.say("call.newCount", { count: badge }) : undefined}
      onClick={disabled ? undefined : onClick}
    >
      <span class="control-icon">
        <Icon name={icon} />
        {badge === undefined || badge === 0
          ? null
          : <span class="badge" aria-hidden="true">{speaker.number(badge)}</span>}
      </span>
      <span class="control-label">{label}</span>
    </button>
  );
}
