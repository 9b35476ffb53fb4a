/** What a page tells the server about the calls it leaves. */
import { assertEquals } from "@std/assert";
import { CallSession } from "../../client/call_session.ts";
import type { SocketEvents } from "../../client/connection.ts";
import { Live } from "../../client/live.ts";
import { PageStorage } from "../../client/page_storage.ts";
import type { ErrorCode } from "../../protocol/errors.ts";
import type { ServerMessage, SessionView } from "../../protocol/messages.ts";
import type { Call } from "../../protocol/session.ts";
import { TabStorage } from "../support/tab_storage.ts";

const PAGE = "page-0001";
const NOTHING = () => () => {};

/** A page whose server is the test; the code of calls cannot be loaded, and none is needed. */
class World {
  #events: SocketEvents | undefined;
  #frames = 0;
  /** The hang-ups the page sent, by number. */
  readonly hangUps: number[] = [];
  readonly live = new Live("technician", PAGE, new PageStorage(new TabStorage(), PAGE), {
    open: (events) => this.#open(events),
    after: NOTHING,
    random: () => 0.5,
    onWake: NOTHING,
    onNetworkChange: NOTHING,
    onTouch: NOTHING,
    hidden: () => false,
  });
  readonly calls = new CallSession(this.live, () => true, () => Promise.reject(new Error("none")));

  constructor() {
    this.#events?.opened();
    const welcome = { type: "welcome", version: 1, now: 0, sessions: [] } as const;
    this.frame({ ...welcome, build: "1", silence: 30_000 });
  }

  frame(message: ServerMessage): void {
    this.#events?.frame(JSON.stringify(message));
  }

  /** The number of the last one. */
  get last(): number {
    return this.hangUps.at(-1) ?? 0;
  }

  close(): void {
    this.calls.dispose();
    this.live.dispose();
  }

  /** The server says how the session's call stands. */
  says(call: Call): void {
    this.frame({ type: "session", session: view(call, ++this.#frames), messages: [] });
  }

  /** Answers the hang-up with this number. */
  async answers(id: number, code: ErrorCode | null): Promise<void> {
    if (code === null) this.frame({ type: "ack", id });
    else this.frame({ type: "rejected", id, code, message: "" });
    // The page hears it after what is under way.
    await new Promise((done) => setTimeout(done));
  }

  #open(events: SocketEvents) {
    this.#events = events;
    return {
      send: (data: string) => {
        const sent = JSON.parse(data);
        if (sent.type === "call.hangup") this.hangUps.push(sent.id);
      },
      close: () => {},
    };
  }
}

function view(call: Call, at: number): SessionView {
  return {
    id: "s",
    device: { id: "d", name: "Device" },
    technician: { id: "t", name: "Technician" },
    startedBy: PAGE,
    startedAt: at,
    state: { kind: "open", answeredBy: "they", call },
    lastSeq: 0,
    cursors: { technician: { received: 0, read: 0 }, device: { received: 0, read: 0 } },
    outboxN: 0,
  };
}

function active(id: number): Call {
  const part = (client: string) => ({ client, medium: "voice", muted: false }) as const;
  const sides = { technician: part(PAGE), device: part("they") };
  return { kind: "active", id, node: "n", since: 0, sides };
}

Deno.test("[S6] a hang-up the server did not take is said again while it counts on this page, and no other", async () => {
  const world = new World();
  world.says(active(1));
  void world.calls.hangUp();
  // Frames that were on their way do not make it say so twice.
  world.says(active(1));
  assertEquals(world.hangUps.length, 1);
  await world.answers(world.last, "busy");
  world.says(active(1));
  assertEquals(world.hangUps.length, 2);
  await world.answers(world.last, null);
  world.says(active(1));
  // A new call is not the one that was left.
  world.says(active(2));
  assertEquals(world.hangUps.length, 2);
  world.close();
});

Deno.test("[S6] a call that is over meanwhile is left alone", async () => {
  const world = new World();
  world.says(active(1));
  void world.calls.hangUp();
  await world.answers(world.last, "busy");
  world.says({ kind: "none", id: 1, last: "hung_up" });
  assertEquals(world.hangUps.length, 1);
  world.close();
});
