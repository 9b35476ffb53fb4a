import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Side } from "../../protocol/receipts.ts";
import type { CallClient } from "../../client/call/types.ts";
import { useSpeaker } from "../words.tsx";
import { Control } from "./Control.tsx";
import type { Pip } from "./PipWindow.tsx";

/** Props of {@link PipControl}. */
export interface PipControlProps {
  readonly client: CallClient;
  readonly side: Side;
  /** The other person or device. */
  readonly name: string;
  readonly onHangUp: () => void;
}

/** Shows the call over other windows; hidden where the browser cannot, or there is no picture for it. */
export function PipControl(props: PipControlProps) {
  const speaker = useSpeaker();
  const found = useSignal<Pip | null>(null);
  useEffect(() => {
    // Where it cannot be loaded, it is not offered.
    void import("./PipWindow.tsx").then(
      ({ findPip }) => found.value = findPip(props.side),
      () => {},
    );
    return () => found.peek()?.end();
  }, []);
  const pip = found.value;
  const seen = props.client.remoteVideo.value !== null;
  useEffect(() => {
    // A browser keeps floating the last picture of an element that is gone.
    if (!seen && pip?.kind === "video") pip.close();
  }, [seen, pip]);
  if (pip === null || (pip.kind === "video" && !seen)) return null;
  return (
    <Control
      icon="pip"
      label={speaker.say("sound.pip")}
      pressed={pip.open.value}
      onClick={() => void pip.toggle({ ...props, speaker })}
    />
  );
}
