/** Tickets: what lets a page join a room on a media node, and says what it may send there (M1). */
import * as v from "valibot";
import { IdSchema } from "../protocol/id.ts";
import { TICKET_SECONDS, type TicketClaims } from "../protocol/media.ts";
import { signToken, TokenChecker, type TokenUse } from "./token.ts";

const ClaimsSchema = v.strictObject({
  session: IdSchema,
  call: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  move: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  side: v.picklist(["technician", "device"]),
  client: IdSchema,
  send: v.strictObject({ voice: v.boolean(), video: v.boolean() }),
});

const ProbeSchema = v.strictObject({ device: IdSchema });

const uses = {
  join: (node: string): TokenUse => ({
    kind: "media-ticket+jwt",
    audience: node,
    seconds: TICKET_SECONDS,
  }),
  probe: (node: string): TokenUse => ({
    kind: "media-probe+jwt",
    audience: node,
    seconds: TICKET_SECONDS,
  }),
};

/** Signs a ticket. Rejects where `claims` are not what a node would take: that is a bug here. */
export async function signTicket(secret: string, claims: TicketClaims): Promise<string> {
  const { node, ...rest } = claims;
  return await signToken(secret, uses.join(v.parse(IdSchema, node)), v.parse(ClaimsSchema, rest));
}

/** What a ticket to try the ways to a node says. */
export interface ProbeClaims {
  readonly device: string;
  /** The node it is for. */
  readonly node: string;
}

/** Signs a ticket to try the ways to a node. Rejects like {@link signTicket}. */
export async function signProbeTicket(secret: string, claims: ProbeClaims): Promise<string> {
  const { node, ...rest } = claims;
  return await signToken(secret, uses.probe(v.parse(IdSchema, node)), v.parse(ProbeSchema, rest));
}

/** Checks the tickets of one node. */
export class TicketChecker {
  readonly #tokens: TokenChecker;
  readonly #probes: TokenChecker;

  constructor(secret: string, readonly node: string) {
    this.#tokens = new TokenChecker(secret, uses.join(node));
    this.#probes = new TokenChecker(secret, uses.probe(node));
  }

  /** What `token` allows as a ticket to try the ways here, once; null like {@link use}. */
  useProbe(token: string): Promise<ProbeClaims | null> {
    return this.#probes.use(token, (payload) => {
      const parsed = v.safeParse(ProbeSchema, payload);
      return parsed.success ? { ...parsed.output, node: this.node } : null;
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
      if (!parsed.success) return null;
      const claims = { ...parsed.output, node: this.node };
      return accept(claims) ? claims : null;
    });
  }
}
