/** What a web process asks of a media node elsewhere: nothing here but fetch and jose. */
import * as v from "valibot";
import { CONTROL_PATH, type ControlCommand, signCommand } from "./control.ts";
import { MediaUnavailable } from "./gateway.ts";

/** Where a node is. */
export interface NodeAddress {
  readonly id: string;
  readonly url: string;
}

/** A node that does not answer a command within this many milliseconds is not there. */
const PATIENCE = 5_000;
/** The same while two people wait for their call to go on. */
const PROBE_PATIENCE = 600;
/** How long to wait before a command that did not arrive is sent again, in milliseconds. */
const TRY_AGAIN = [500, 2_000];

const HealthSchema = v.object({
  node: v.string(),
  media: v.object({ state: v.picklist(["preparing", "ready", "unavailable"]) }),
});

/**
 * Whether the node is there and can carry calls, or will in a moment: the state of its media, or
 * null where nobody answers in time or somebody else does. Never rejects.
 */
export async function probeNode({ id, url }: NodeAddress): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(PROBE_PATIENCE);
    const response = await fetch(new URL("/healthz", url), { signal, redirect: "error" });
    const health = v.safeParse(HealthSchema, await response.json());
    return health.success && health.output.node === id ? health.output.media.state : null;
  } catch {
    return null; // Whatever went wrong, nobody can be sent there.
  }
}

/** Has the node do something. Rejects with {@link MediaUnavailable} when it cannot be told. */
export async function commandNode(
  secret: string,
  node: NodeAddress,
  command: ControlCommand,
): Promise<void> {
  for (const wait of [...TRY_AGAIN, null]) {
    const status = await post(secret, node, command).catch(() => null);
    if (status === 204) return;
    if (wait === null || status === 403) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new MediaUnavailable("the media node did not take the command");
}

async function post(secret: string, { id, url }: NodeAddress, command: ControlCommand) {
  const response = await fetch(new URL(CONTROL_PATH, url), {
    method: "POST",
    body: await signCommand(secret, id, command),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  await response.body?.cancel();
  return response.status;
}
