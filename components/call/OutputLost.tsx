import type { CallClient } from "../../client/call/types.ts";
import { useSay } from "../words.tsx";
import { Passing } from "./Passing.tsx";

/** Says that the output in use was unplugged, and that the sound went elsewhere. */
export function OutputLost({ client }: { readonly client: CallClient }) {
  const say = useSay();
  const lost = client.outputLost.value;
  if (lost === null) return null;
  const { id, label } = lost;
  return (
    <Passing key={id} onOver={() => client.outputLost.value = null}>
      {label === null ? say("sound.lostUnnamed") : say("sound.lost", { name: label })}
    </Passing>
  );
}
