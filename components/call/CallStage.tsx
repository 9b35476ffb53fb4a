import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { otherSide, type Side } from "../../protocol/receipts.ts";
import type { ActiveCall } from "../../client/call_plan.ts";
import type { Size } from "../../client/call/show/shapes.ts";
import type { CallClient, CallProblem } from "../../client/call/types.ts";
import { isCallLost } from "../../client/call_session.ts";
import { type Phrase, phrase } from "../../locales/phrase.ts";
import { Avatar } from "../Avatar.tsx";
import { Icon } from "../Icon.tsx";
import { CaptionLines } from "./Captions.tsx";
import { CallTimer } from "./CallTimer.tsx";
import { CallTroubles } from "./CallTroubles.tsx";
import { ShowBar, ShowGround, stageLook } from "./ShowSlot.tsx";
import { TheirState } from "./TheirState.tsx";
import { OutputLost } from "./OutputLost.tsx";
import { PausedPictures, QualityButton, QualityPanel, QualitySentence } from "./QualityBars.tsx";
import { VideoView } from "./VideoView.tsx";
import { useSay } from "../words.tsx";

/** Props of {@link CallStage}. */
export interface CallStageProps {
  readonly client: CallClient;
  readonly call: ActiveCall;
  readonly side: Side;
  /** The other person or device. */
  readonly name: string;
  readonly now: () => number;
  /** The page's own connection is lost, too: text waits as well. */
  readonly offline: boolean;
  readonly onRetry: () => void;
  /** The controls, over the lower edge. */
  readonly children: ComponentChildren;
}

/** The call: the other person's picture in full, one's own inset upper right (rule M3). */
export function CallStage(props: CallStageProps) {
  const { client, call, side, name, now, offline, onRetry, children } = props;
  const say = useSay();
  const other = otherSide(side);
  const mirrored = client.facing.value === "user";
  const look = stageLook(client);
  const seen = client.remoteVideo.value !== null || look !== "plain";
  const shown = useSignal<Size | null>(null);
  const { quality } = client;
  const detailed = useSignal(false);
  const classes = [
    `stage stage-${look}`,
    call.sides[other].screen === true ? "stage-screen" : "",
    side === "technician" && seen ? "stage-work" : "",
  ];
  return (
    <div class={classes.join(" ").trimEnd()}>
      <div class="stage-ground">
        <VideoView
          stream={client.remoteVideo}
          participant={other}
          view="main"
          mirrored={false}
          label={say("call.videoOf", { name })}
          onElement={(element) => client.showIn(element)}
          {...side === "technician" ? { size: shown, held: isHeld(client) } : {}}
        />
        <VideoView
          stream={client.localVideo}
          participant={side}
          view="inset"
          mirrored={mirrored}
          label={say("call.ownVideo")}
          {...side === "device" ? { size: shown } : {}}
        />
        <ShowGround client={client} name={name} size={shown} />
      </div>
      {seen ? null : <Avatar name={name} size="large" />}
      <div class={seen ? "stage-caption over-video" : "stage-caption"}>
        <p class="stage-name" dir="auto">{name}</p>
        <p class="stage-line">
          <Progress client={client} name={name} since={call.since} now={now} />
          <TheirState part={call.sides[other]} />
          <QualityButton
            quality={quality}
            name={name}
            open={detailed.value}
            onToggle={() => detailed.value = !detailed.value}
          />
        </p>
        <QualitySentence quality={quality} name={name} />
      </div>
      <div class="stage-messages">
        <Lost client={client} name={name} offline={offline} />
        <CallTroubles client={client} name={name} />
        <PausedPictures quality={quality} name={name} />
        <Problem
          problem={client.problem.value}
          failed={client.phase.value === "failed"}
          onRetry={onRetry}
        />
        <OutputLost client={client} />
        {client.playBlocked.value
          ? (
            <button
              type="button"
              class="button button-primary"
              onClick={() => void client.unblock()}
            >
              <Icon name="speaker" /> {say("call.tapToHear")}
            </button>
          )
          : null}
        <CaptionLines captions={client.captions} />
      </div>
      <ShowBar
        client={client}
        name={name}
        size={shown}
        sends={call.sides.device.medium === "video"}
      />
      {detailed.value
        ? <QualityPanel quality={quality} name={name} onClose={() => detailed.value = false} />
        : null}
      {children}
    </div>
  );
}

/** The technician froze the picture: it stands still until the sharp one covers it. */
function isHeld({ show }: CallClient): boolean {
  return show.side === "technician" && show.ground.value.kind !== "live";
}

function Progress({ client, name, since, now }: {
  readonly client: CallClient;
  readonly name: string;
  readonly since: number;
  readonly now: () => number;
}) {
  const say = useSay();
  const { value: phase } = client.phase;
  switch (phase) {
    case "connected":
      if (!client.peerPresent.value) {
        return <span aria-live="polite">{say("call.waitingFor", { name })}</span>;
      }
      return <CallTimer since={since} now={now} />;
    case "idle":
    case "connecting":
      return <span aria-live="polite">{say("call.connecting")}</span>;
    case "reconnecting":
      return null; // Said by Lost, over the picture that stands still.
    case "failed":
      return <span aria-live="polite">{say("call.notConnected")}</span>;
  }
}

/** Says that a way is lost, here alone: in the middle of the picture that stands still. */
function Lost({ client, name, offline }: {
  readonly client: CallClient;
  readonly name: string;
  readonly offline: boolean;
}) {
  const say = useSay();
  const lost = isCallLost(client)
    ? lossOf(client, offline)
    : client.quality.verdict.value === "broken_there"
    ? phrase("network.brokenThere", { name })
    : null;
  return (
    <div role="status">
      {lost === null ? null : <p class="stage-problem stage-lost">{say(lost)}</p>}
    </div>
  );
}

function lossOf({ problem }: CallClient, offline: boolean): Phrase {
  if (offline) return phrase("common.reconnecting");
  return problem.value?.kind === "connection" ? problem.value.text : phrase("call.reconnecting");
}

function Problem({ problem, failed, onRetry }: {
  readonly problem: CallProblem | null;
  readonly failed: boolean;
  readonly onRetry: () => void;
}) {
  const say = useSay();
  // What the person can mend on their device is told by CallTroubles, a lost way by Lost.
  const told = problem === null || "cause" in problem || problem.kind === "connection";
  if (!failed && told) return null;
  return (
    <div class="stage-problem" role="alert">
      <p>{problem === null ? say("call.couldNotConnect") : say(problem.text)}</p>
      {failed
        ? <button type="button" class="button" onClick={onRetry}>{say("common.tryAgain")}</button>
        : null}
    </div>
  );
}
