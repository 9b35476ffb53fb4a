import type { ComponentChildren } from "preact";
import type { Signal } from "@preact/signals";
import type { CallClient } from "../../client/call/types.ts";
import type { Offer } from "../../client/call_options.ts";
import { useSay } from "../words.tsx";
import { Control } from "./Control.tsx";

/** Props of {@link CallControls}. */
export interface CallControlsProps {
  readonly client: CallClient;
  readonly video: Offer;
  /** Whether the choice of an audio output is open. */
  readonly choosing: Signal<boolean>;
  readonly onHangUp: () => void;
  /** More controls, before the others. */
  readonly children?: ComponentChildren;
}

/** The controls of a call (rule M3). What there is nothing to choose for is not shown. */
export function CallControls({ client, video, choosing, onHangUp, children }: CallControlsProps) {
  const say = useSay();
  const muted = client.muted.value;
  const camera = client.camera.value;
  const sharing = client.screen.value === "on";
  const outputs = client.outputs.value.length > 0;
  return (
    <div class="call-controls" role="group" aria-label={say("call.group")}>
      {children}
      {outputs
        ? (
          <Control
            icon="speaker"
            label={say("call.audioOutput")}
            expanded={choosing.value}
            onClick={() => choosing.value = !choosing.value}
          />
        )
        : null}
      <Control
        icon={muted ? "micOff" : "mic"}
        label={say(muted ? "call.unmute" : "call.mute")}
        off={muted}
        onClick={() => client.setMuted(!muted)}
      />
      {sharing ? <ShareControl client={client} /> : null}
      {!sharing && (video.ok || camera === "on")
        ? (
          <Control
            icon={camera === "on" ? "camera" : "cameraOff"}
            label={say(camera === "on" ? "call.stopCamera" : "call.startCamera")}
            off={camera !== "on"}
            disabled={camera === "starting"}
            onClick={() => void client.setCamera(camera !== "on")}
          />
        )
        : null}
      {!sharing && camera === "on"
        ? (
          <Control
            icon="switchCamera"
            label={say("call.switchCamera")}
            disabled={client.cameras.value < 2}
            hint={client.cameras.value < 2 ? say("call.oneCamera") : undefined}
            onClick={() => void client.switchCamera()}
          />
        )
        : null}
      <AskSwitch client={client} />
      <Control icon="hangUp" label={say("call.hangUp")} danger onClick={onHangUp} />
    </div>
  );
}

/** Shows one's screen to the other, or stops that. */
export function ShareControl({ client }: { readonly client: CallClient }) {
  const say = useSay();
  const screen = client.screen.value;
  const sharing = screen === "on";
  return (
    <Control
      icon="screen"
      label={say(sharing ? "show.stopSharing" : "show.shareScreen")}
      off={sharing}
      disabled={screen === "starting"}
      onClick={() => void client.shareScreen(!sharing)}
    />
  );
}

/** Whether a screen can be shared here and is not yet; once it is, stopping that is at hand at once. */
export function mayShare(client: CallClient, video: Offer): boolean {
  return video.ok && client.screen.value !== "none" && client.screen.value !== "on";
}

/** The technician would like to see through the device's other camera; its user decides. */
function AskSwitch({ client }: { readonly client: CallClient }) {
  const say = useSay();
  const { cameraRequest: request } = client;
  if (request.side === "device" || !request.possible.value) return null;
  const asked = request.state.value === "asked";
  return (
    <Control
      icon="switchCamera"
      label={say(asked ? "trouble.askingSwitch" : "trouble.askSwitch")}
      disabled={asked}
      onClick={() => void request.ask()}
    />
  );
}
