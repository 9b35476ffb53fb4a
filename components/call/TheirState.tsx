import type { Participation } from "../../protocol/session.ts";
import { Icon } from "../Icon.tsx";
import { useSay } from "../words.tsx";
import { theirTrouble } from "./their_trouble.ts";

/** Props of {@link TheirState}. */
export interface TheirStateProps {
  /** How the other side takes part. */
  readonly part: Participation;
}

/** Why the other side is not heard or seen, and what is seen of it. */
export function TheirState({ part }: TheirStateProps) {
  const say = useSay();
  const { microphone, camera } = theirTrouble(part);
  return (
    <span class="stage-state" aria-live="polite">
      {microphone !== null || part.muted
        ? (
          <span class="stage-muted">
            <Icon name="micOff" /> {say(microphone ?? "call.muted")}
          </span>
        )
        : null}
      {camera === null ? null : (
        <span class="stage-muted">
          <Icon name="cameraOff" /> {say(camera)}
        </span>
      )}
      {part.screen === true ? <span>{say("show.sharing")}</span> : null}
    </span>
  );
}
