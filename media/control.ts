/**
 * What a web process tells a node elsewhere: POST /control, the body a signed token that carries the
 * command, so that it can be neither changed nor sent again.
 */
import * as v from "valibot";
import { unreachable } from "../protocol/errors.ts";
import { IdSchema } from "../protocol/id.ts";
import type { Allowed, Place } from "../protocol/media.ts";
import { signToken, TokenChecker, type TokenUse } from "./token.ts";

/** Where a node takes commands. */
export const CONTROL_PATH = "/control";
/** How long a command is good for, in seconds. */
const CONTROL_SECONDS = 30;
/** The largest body a node reads, in bytes. */
const MAX_BODY = 4096;

const Call = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const CommandSchema = v.variant("type", [
  v.strictObject({
    type: v.literal("restrict"),
    session: IdSchema,
    allowed: v.strictObject({ voice: v.boolean(), video: v.boolean() }),
  }),
  v.strictObject({
    type: v.literal("close_room"),
    session: IdSchema,
    call: Call,
  }),
  /** The call goes on at another node: its pages leave, and nobody comes in any more. */
  v.strictObject({
    type: v.literal("leave_room"),
    session: IdSchema,
    call: Call,
    move: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  }),
]);

/** A command to a node. */
export type ControlCommand = v.InferOutput<typeof CommandSchema>;

/** What carries commands out. */
export interface Controlled {
  restrict(session: string, allowed: Allowed): void | Promise<void>;
  closeRoom(session: string, call: number): void | Promise<void>;
  leaveRoom(session: string, place: Place): void | Promise<void>;
}

function commandsTo(node: string): TokenUse {
  return { kind: "media-control+jwt", audience: node, seconds: CONTROL_SECONDS };
}

/** Signs a command to that node. */
export function signCommand(
  secret: string,
  node: string,
  command: ControlCommand,
): Promise<string> {
  return signToken(secret, commandsTo(node), { command });
}

/**
 * The handler of POST /control. 204: done; 403: not signed with our secret for this node, too old or
 * seen before; 413: no token is that long.
 */
export function controlHandler(
  secret: string,
  node: Controlled & { readonly id: string },
): (request: Request) => Promise<Response> {
  const tokens = new TokenChecker(secret, commandsTo(node.id));
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
    case "restrict":
      return node.restrict(command.session, command.allowed);
    case "close_room":
      return node.closeRoom(command.session, command.call);
    case "leave_room":
      return node.leaveRoom(command.session, command);
    default:
      return unreachable(command);
  }
}
