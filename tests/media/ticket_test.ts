/** Tickets: forged, changed, moved, old and used ones open nothing. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { SignJWT } from "jose";
import type { TicketClaims } from "../../protocol/media.ts";
import { signCommand } from "../../media/control.ts";
import { signTicket, TicketChecker } from "../../media/ticket.ts";

const SECRET = "a secret of thirty-two characters";
const OTHER_SECRET = "another one, as long as the first";
const CLAIMS: TicketClaims = {
  session: "session-1",
  call: 3,
  move: 0,
  side: "device",
  client: "page-1234",
  send: { voice: true, video: false },
  node: "node-1",
};

const { node: _, ...PAYLOAD } = CLAIMS;

function checker(node = CLAIMS.node): TicketChecker {
  return new TicketChecker(SECRET, node);
}

/** Signs anything like a ticket, with what a test wants to be different. */
function forge(
  {
    payload = PAYLOAD,
    node = CLAIMS.node,
    kind = "media-ticket+jwt",
    secret = SECRET,
    age = 0,
    seconds = 60,
  }: {
    payload?: Readonly<Record<string, unknown>>;
    node?: string | string[];
    kind?: string;
    secret?: string;
    age?: number;
    seconds?: number;
  },
): Promise<string> {
  const issued = Math.floor(Date.now() / 1000) - age;
  return new SignJWT({ ...payload })
    .setProtectedHeader({ alg: "HS256", typ: kind })
    .setAudience(node)
    .setJti(crypto.randomUUID())
    .setIssuedAt(issued)
    .setExpirationTime(issued + seconds)
    .sign(new TextEncoder().encode(secret));
}

Deno.test("[M1] a ticket says what it was signed for, once", async () => {
  const tickets = checker();
  const token = await signTicket(SECRET, CLAIMS);
  assertEquals(await tickets.use(token), CLAIMS);
  assertEquals(await tickets.use(token), null);
});

Deno.test("[M1] of two uses at the same time one is good", async () => {
  const tickets = checker();
  const token = await signTicket(SECRET, CLAIMS);
  const uses = await Promise.all([tickets.use(token), tickets.use(token), tickets.use(token)]);
  assertEquals(uses.filter((claims) => claims !== null), [CLAIMS]);
});

Deno.test("[M1] a ticket that is not wanted is not used up", async () => {
  const tickets = checker();
  const token = await signTicket(SECRET, CLAIMS);
  assertEquals(await tickets.use(token, ({ call }) => call > 3), null);
  assertEquals(await tickets.use(token), CLAIMS);
});

Deno.test("[M1] a ticket for another node, with another secret or of another kind is none", async () => {
  const genuine = await signTicket(SECRET, CLAIMS);
  assertEquals(await checker("node-2").use(genuine), null);
  assertEquals(await checker().use(await forge({ secret: OTHER_SECRET })), null);
  assertEquals(await checker().use(await forge({ kind: "JWT" })), null);
  const command = { type: "close_room", session: CLAIMS.session, call: 1 } as const;
  assertEquals(await checker().use(await signCommand(SECRET, CLAIMS.node, command)), null);
  assertEquals(await checker().use(await forge({ node: "node-2" })), null);
  assertEquals(await checker().use(await forge({ node: ["node-2", CLAIMS.node] })), null);
  assertEquals(await checker().use(await forge({ payload: { ...CLAIMS } })), null);
  // The forger of this test can make good ones.
  assertEquals(await checker().use(await forge({})), CLAIMS);
});

Deno.test("[M1] a ticket that is too old, or good for too long, is none", async () => {
  assertEquals(await checker().use(await forge({ age: 120 })), null);
  assertEquals(await checker().use(await forge({ age: 120, seconds: 3600 })), null);
  assertEquals(await checker().use(await forge({ age: -3600 })), null);
});

Deno.test("[M1] a ticket from before the node's start is none: it may have been used", async () => {
  assertEquals(await checker().use(await forge({ age: 3 })), null);
});

Deno.test("[M1] tickets are good once, however the clock is set back and forward", async () => {
  const { now } = Date;
  const HOUR = 60 * 60 * 1000;
  let set = 0;
  Date.now = () => now() + set;
  // jose asks `new Date()`.
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [number]) {
      super(given[0] ?? RealDate.now());
    }
  } as DateConstructor;
  try {
    const tickets = checker();
    const before = await signTicket(SECRET, CLAIMS);
    set = -HOUR;
    const token = await signTicket(SECRET, CLAIMS);
    assertEquals(await tickets.use(token), CLAIMS, "signed after the clock was set back");
    assertEquals(await tickets.use(before), null, "signed in an hour from now");
    set = 0;
    assertEquals(await tickets.use(before), CLAIMS);
    set = HOUR;
    assertEquals(await tickets.use(await signTicket(SECRET, CLAIMS)), CLAIMS);
    for (set of [0, -HOUR]) {
      for (const used of [before, token]) assertEquals(await tickets.use(used), null);
    }
  } finally {
    globalThis.Date = RealDate;
    Date.now = now;
  }
});

Deno.test("[M1] no change of a ticket's text goes unnoticed", async () => {
  const token = await signTicket(SECRET, CLAIMS);
  const letters = fc.constantFrom(..."ABCXYZabcxyz0189-_.= ");
  const change = fc.record({ at: fc.nat(token.length - 1), letter: letters });
  await fc.assert(fc.asyncProperty(change, async ({ at, letter }) => {
    const changed = token.slice(0, at) + letter + token.slice(at + 1);
    fc.pre(changed !== token && at < token.length - 1);
    assertEquals(await checker().use(changed), null);
  }));
});

Deno.test("[M1] no widened payload passes under an old signature", async () => {
  const token = await signTicket(SECRET, CLAIMS);
  const [header = "", payload = "", signature = ""] = token.split(".");
  const said: Record<string, unknown> = JSON.parse(atob(payload));
  const wider = fc.record({
    session: fc.constantFrom("session-1", "session-2"),
    call: fc.nat(),
    move: fc.nat(),
    aud: fc.constantFrom("node-1", "node-2"),
    side: fc.constantFrom("technician", "device"),
    send: fc.record({ voice: fc.boolean(), video: fc.boolean() }),
  }, { requiredKeys: [] });
  await fc.assert(fc.asyncProperty(wider, async (claims) => {
    const changed = btoa(JSON.stringify({ ...said, ...claims }))
      .replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");
    fc.pre(changed !== payload);
    assertEquals(await checker().use(`${header}.${changed}.${signature}`), null);
  }));
});

Deno.test("[A3] whatever is no ticket is none, without a throw", async () => {
  const tickets = checker();
  await fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), async (token) => {
    assertEquals(await tickets.use(token), null);
  }));
  await fc.assert(fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (payload) => {
    assertEquals(await tickets.use(await forge({ payload })), null);
  }));
});

Deno.test("a ticket that no node would take is not signed, nor with a short secret", async () => {
  await assertRejects(() => signTicket(SECRET, { ...CLAIMS, session: "no/path" }));
  await assertRejects(() => signTicket("short", CLAIMS), RangeError);
  assertThrows(() => new TicketChecker("short", "node-1"), RangeError);
});
