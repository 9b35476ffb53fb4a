/** How a media node registers: POST on a web process, the body a signed token with its report. */
import * as v from "valibot";
import {
  type NodeReport,
  NodeReportSchema,
  type Registered,
  REGISTRATION_REFUSALS,
  type RegistrationRefusal,
} from "../protocol/media_node.ts";
import { mayRegister } from "./node_origins.ts";
import { signToken, type TokenUse, verifyToken, WEB } from "./token.ts";

/** A report is made anew every other second; one that travels longer than this is of no use. */
const REPORT: TokenUse = { kind: "media-report+jwt", audience: WEB, seconds: 10 };

/** The largest body that is read, in bytes. */
const MAX_BODY = 4096;

const PayloadSchema = v.strictObject({ report: NodeReportSchema });

/** What a web process checks and keeps registrations with. */
export interface RegistrationPorts {
  /** MEDIA_SECRET. */
  readonly secret: string;
  /** MEDIA_NODES. */
  readonly origins: readonly string[];
  register(report: NodeReport): Promise<Registered>;
  /** How many other nodes could take this one's calls now. */
  others(node: string): number;
}

/** Signs a report. */
export function signReport(secret: string, report: NodeReport): Promise<string> {
  return signToken(secret, REPORT, { report });
}

/**
 * The handler of POST {@link MEDIA_NODES_PATH}: `{others}`, how many other nodes there are, or a
 * refusal as `{code, message}`, of a stale report with what {@link Registered} says. A report that was overheard and sent again is not the newest any more,
 * whichever web process it is sent to: that, and not a memory of tokens, refuses it.
 */
export function registrationHandler(
  ports: RegistrationPorts,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") return refuse("bad_method");
    const length = Number(request.headers.get("content-length") ?? MAX_BODY + 1);
    if (!(length <= MAX_BODY)) return refuse("body_too_large");
    const verified = await verifyToken(ports.secret, REPORT, await request.text());
    if (verified === null) return refuse("bad_signature");
    const parsed = v.safeParse(PayloadSchema, verified.payload);
    if (!parsed.success) return refuse("bad_report");
    const { report } = parsed.output;
    if (!mayRegister(report.url, ports.origins)) return refuse("url_not_allowed");
    const registered = await ports.register(report);
    if (registered.kind === "stale") return refuse("stale_report", { over: registered.over });
    return Response.json({ others: ports.others(report.id) });
  };
}

function refuse(
  code: RegistrationRefusal,
  more: Readonly<Record<string, number | null>> = {},
): Response {
  const { status, message } = REGISTRATION_REFUSALS[code];
  return Response.json({ code, message, ...more }, { status });
}
