/**
 * What a web process tells a node elsewhere: POST /control, the body a signed token that carries the
 * command, so that it can be neither changed nor sent again.
 */
import * as v from "valibot";
import { unreachable } from "../protocol/errors.ts";
import { IdSchema } from "../protocol/id.ts";
import type { Allowed } from "../protocol/media.ts";
import { signToken, TokenChecker } from "./token.ts";

/** Where a node takes commands. */
export const CONTROL_PATH = "/control";
/** How long a command is good for, in seconds. */
const CONTROL_SECONDS = 30;
/** The largest body a node reads, in bytes. */
const MAX_BODY = 4096;

const CommandSchema = v.variant("type", [
  /** Do we share the secret? */
  v.strictObject({ type: v.literal("ping") }),
  v.strictObject({
    type: v.literal("restrict"),
    session: IdSchema,
    allowed: v.strictObject({ voice: v.boolean(), video: v.boolean() }),
  }),
  v.strictObject({
    type: v.literal("close_room"),
    session: IdSchema,
    call: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  }),
]);

/** A command to a node. */
export type ControlCommand = v.InferOutput<typeof CommandSchema>;

/** What carries commands out. */
export interface Controlled {
  restrict(session: string, allowed: Allowed): void | Promise<void>;
  closeRoom(session: string, call?: number): void | Promise<void>;
}

/** Signs a command. */
export function signCommand(secret: string, command: ControlCommand): Promise<string> {
  return signToken(secret, "media-control+jwt", { command }, CONTROL_SECONDS);
}

/**
 * The handler of POST /control. 204: done; 403: not signed with our secret, too old or seen before;
 * 413: no token is that long.
 */
export function controlHandler(
  secret: string,
  node: Controlled,
): (request: Request) => Promise<Response> {
  const tokens = new TokenChecker(secret, "media-control+jwt", CONTROL_SECONDS);
  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const length = Number(request.headers.get("content-length") ?? MAX_BODY + 1);
    if (!(length <= MAX_BODY)) return new Response(null, { status: 413 });
    const command = await tokens.use(await request.text(), commandIn);
    if (command === null) return new Response(null, { status: 403 });
    await obey(node, command);
    return new Response(null, { status: 204 });
  };
}

function commandIn(payload: unknown): ControlCommand | null {
  const parsed = v.safeParse(v.strictObject({ command: CommandSchema }), payload);
  return parsed.success ? parsed.output.command : null;
}

function obey(node: Controlled, command: ControlCommand): void | Promise<void> {
  switch (command.type) {
    case "ping":
      return;
    case "restrict":
      return node.restrict(command.session, command.allowed);
    case "close_room":
      return node.closeRoom(command.session, command.call);
    default:
      return unreachable(command);
  }
}
