import type { ComponentChildren } from "preact";
import type { Signal } from "@preact/signals";
import type { ActiveCall } from "../../client/call_plan.ts";
import type { CallOffers } from "../../client/call_options.ts";
import type { CallClient } from "../../client/call/types.ts";
import type { Live } from "../../client/live.ts";
import { CallControls, mayShare, ShareControl } from "./CallControls.tsx";
import { CallStage } from "./CallStage.tsx";
import { CaptionsControl } from "./Captions.tsx";
import { MoreControls } from "./MoreControls.tsx";
import { OutputChoice } from "./OutputChoice.tsx";
import { PipControl } from "./PipControl.tsx";

/** Props of {@link CallInProgress}. */
export interface CallInProgressProps {
  readonly live: Live;
  readonly client: CallClient;
  readonly call: ActiveCall;
  /** The other person or device. */
  readonly name: string;
  readonly offers: CallOffers;
  /** Whether the choice of an audio output is open. */
  readonly choosing: Signal<boolean>;
  readonly onHangUp: () => void;
  readonly onRetry: () => void;
  /** More controls, before the others. */
  readonly controls?: ComponentChildren;
}

/** The call this page is in: its stage and its controls. */
export function CallInProgress(props: CallInProgressProps) {
  const { live, client, call, name, offers, choosing, onHangUp, onRetry, controls } = props;
  // Phones cannot: where a device can, its user was asked for it and looks for it.
  const share = mayShare(client, offers.video) ? <ShareControl client={client} /> : null;
  return (
    <CallStage
      client={client}
      call={call}
      side={live.side}
      name={name}
      now={() => live.now()}
      offline={live.connected.value.kind !== "online"}
      onRetry={onRetry}
    >
      <OutputChoice client={client} choosing={choosing} />
      <CallControls client={client} video={offers.video} choosing={choosing} onHangUp={onHangUp}>
        {controls}
        <MoreControls>
          <CaptionsControl captions={client.captions} />
          <PipControl client={client} side={live.side} name={name} onHangUp={onHangUp} />
          {live.side === "technician" ? share : null}
        </MoreControls>
        {live.side === "device" ? share : null}
      </CallControls>
    </CallStage>
  );
}
