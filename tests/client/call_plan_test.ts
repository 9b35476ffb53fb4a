import { assertEquals } from "@std/assert";
import type { SessionView } from "../../protocol/messages.ts";
import type { Call } from "../../protocol/session.ts";
import { callKey, callPlace, planCall } from "../../client/call_plan.ts";

const SELF = { side: "technician", page: "me" } as const;
const IDLE = { current: null, preparation: null, left: new Set<string>() };

function view(id: string, call: Call): SessionView {
  return {
    id,
    device: { id: "d", name: "Device" },
    technician: { id: "t", name: "Technician" },
    startedBy: "me",
    startedAt: 0,
    state: { kind: "open", answeredBy: "they", call },
    lastSeq: 0,
    cursors: { technician: { received: 0, read: 0 }, device: { received: 0, read: 0 } },
    outboxN: 0,
  };
}

function active(page: string, since = 0, id = 1): Call {
  const part = (client: string) => ({ client, medium: "voice", muted: false }) as const;
  const sides = { technician: part(page), device: part("they") };
  return { kind: "active", id, node: "n", since, sides };
}

function ringing(from: "technician" | "device", page: string): Call {
  const caller = { client: page, medium: "voice", muted: false } as const;
  return { kind: "ringing", id: 1, from, caller, until: 0 };
}

const NONE: Call = { kind: "none", id: 0, last: null };

Deno.test("a page joins the call that names it, and only that", () => {
  assertEquals(planCall([view("a", active("me"))], SELF, IDLE).kind, "join");
  assertEquals(planCall([view("a", active("my-other-tab"))], SELF, IDLE).kind, "leave");
  assertEquals(callPlace(view("a", active("my-other-tab")), SELF).kind, "elsewhere");
});

Deno.test("a page stays in its call when another one counts on it too", () => {
  const views = [view("a", active("me", 1)), view("b", active("me", 2))];
  const plan = planCall(views, SELF, { ...IDLE, current: "b" });
  assertEquals(plan.kind === "join" && plan.session, "b");
  const first = planCall(views, SELF, IDLE);
  assertEquals(first.kind === "join" && first.session, "a");
});

Deno.test("[S6] a call the person left here is not joined again before the server knows", () => {
  const left = new Set([callKey("a", 1)]);
  assertEquals(planCall([view("a", active("me"))], SELF, { ...IDLE, left }).kind, "leave");
  assertEquals(planCall([view("a", active("me", 0, 2))], SELF, { ...IDLE, left }).kind, "join");
});

Deno.test("what was captured is held while the other side is asked, and no longer", () => {
  const before = view("a", NONE);
  const asking = { ...IDLE, current: "a", preparation: { session: "a", ackedAt: null } };
  assertEquals(planCall([before], SELF, asking).kind, "hold");
  const acked = { ...IDLE, current: "a", preparation: { session: "a", ackedAt: before } };
  assertEquals(planCall([before], SELF, acked).kind, "hold");
  const rings = view("a", ringing("technician", "me"));
  assertEquals(planCall([rings], SELF, acked).kind, "hold");
  assertEquals(planCall([view("a", NONE)], SELF, acked).kind, "leave");
});

Deno.test("[S3] answered elsewhere: microphone and camera are let go", () => {
  const asked = view("a", ringing("device", "they"));
  const doings = { ...IDLE, current: "a", preparation: { session: "a", ackedAt: asked } };
  assertEquals(planCall([view("a", active("my-other-tab"))], SELF, doings).kind, "leave");
});
