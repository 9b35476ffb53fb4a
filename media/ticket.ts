/** Tickets: what lets a page join a room on a media node, and says what it may send there (M1). */
import * as v from "valibot";
import { IdSchema } from "../protocol/id.ts";
import { TICKET_SECONDS, type TicketClaims } from "../protocol/media.ts";
import { signToken, TokenChecker } from "./token.ts";

const ClaimsSchema = v.strictObject({
  session: IdSchema,
  call: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  side: v.picklist(["technician", "device"]),
  client: IdSchema,
  send: v.strictObject({ voice: v.boolean(), video: v.boolean() }),
  node: IdSchema,
});

const ProbeSchema = v.strictObject({ device: IdSchema, node: IdSchema });

/** Signs a ticket. Rejects where `claims` are not what a node would take: that is a bug here. */
export async function signTicket(secret: string, claims: TicketClaims): Promise<string> {
  const checked = v.parse(ClaimsSchema, claims);
  return await signToken(secret, "media-ticket+jwt", checked, TICKET_SECONDS);
}

/** What a ticket to try the ways to a node says. */
export type ProbeClaims = v.InferOutput<typeof ProbeSchema>;

/** Signs a ticket to try the ways to a node. Rejects like {@link signTicket}. */
export async function signProbeTicket(secret: string, claims: ProbeClaims): Promise<string> {
  const checked = v.parse(ProbeSchema, claims);
  return await signToken(secret, "media-probe+jwt", checked, TICKET_SECONDS);
}

/** Checks the tickets of one node. */
export class TicketChecker {
  readonly #tokens: TokenChecker;
  readonly #probes: TokenChecker;

  constructor(secret: string, readonly node: string) {
    this.#tokens = new TokenChecker(secret, "media-ticket+jwt", TICKET_SECONDS);
    this.#probes = new TokenChecker(secret, "media-probe+jwt", TICKET_SECONDS);
  }

  /** What `token` allows as a ticket to try the ways here, once; null like {@link use}. */
  useProbe(token: string): Promise<ProbeClaims | null> {
    return this.#probes.use(token, (payload) => {
      const parsed = v.safeParse(ProbeSchema, payload);
      return parsed.success && parsed.output.node === this.node ? parsed.output : null;
    });
  }

  /**
   * What `token` allows, once; null where it is forged, changed, expired, used, for another node, or
   * refused by `accept`.
   */
  use(
    token: string,
    accept: (claims: TicketClaims) => boolean = () => true,
  ): Promise<TicketClaims | null> {
    return this.#tokens.use(token, (payload) => {
      const parsed = v.safeParse(ClaimsSchema, payload);
      if (!parsed.success || parsed.output.node !== this.node) return null;
      return accept(parsed.output) ? parsed.output : null;
    });
  }
}
