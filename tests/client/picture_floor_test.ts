/** A picture that a network does not carry rests, for the voice's sake, and comes back by itself. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Carried,
  FLOOR,
  flowing,
  nextPicture,
  type PictureFlow,
} from "../../client/call/picture_floor.ts";

type Network = Omit<Carried, "at">;

const GOOD: Network = {
  available: 900_000,
  loss: 0,
  roundTripMs: 40,
  rate: 20,
  starved: false,
};
const BAD: Network = { ...GOOD, available: FLOOR - 1, loss: 0.1 };
const LOSSY: Network = { ...GOOD, available: null, loss: 0.4 };
const STARVED: Network = { ...GOOD, available: null, starved: true };

/** Measures every two seconds; what flowed after each measurement. */
function run(networks: readonly Network[], start = flowing(0)): PictureFlow[] {
  let state = start;
  return networks.map((network, n) => {
    state = nextPicture(state, { ...network, at: (n + 1) * 2_000 });
    return state.flow;
  });
}

function times(count: number, network: Network): Network[] {
  return Array.from({ length: count }, () => network);
}

const anyNetwork = fc.record({
  available: fc.option(fc.integer({ min: 0, max: 300_000 })),
  loss: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  roundTripMs: fc.option(fc.nat(2_000)),
  rate: fc.option(fc.nat(30)),
  starved: fc.boolean(),
});

Deno.test("a picture flows while the network carries it, one accident aside", () => {
  assertEquals(new Set(run([GOOD, BAD, GOOD, LOSSY, GOOD, STARVED, GOOD])), new Set(["flows"]));
});

Deno.test("it rests below the floor, when too much is lost, and when the node has nothing small enough", () => {
  for (const network of [BAD, LOSSY, STARVED]) {
    assertEquals(run([GOOD, ...times(3, network)]), ["flows", "flows", "rests", "rests"]);
  }
});

Deno.test("what is not known speaks for nothing", () => {
  assertEquals(
    new Set(run(times(50, {
      available: null,
      loss: null,
      roundTripMs: null,
      rate: null,
      starved: false,
    }))),
    new Set(["flows"]),
  );
});

Deno.test("it is tried unseen, and seen again once it gets through", () => {
  const flows = run([...times(2, BAD), ...times(10, GOOD)]);
  const changes = flows.filter((flow, n) => flow !== flows[n - 1]);
  assertEquals(changes, ["flows", "rests", "tried", "flows"]);
});

Deno.test("a low estimate alone says nothing: it takes loss, delay or a jerky picture as well", () => {
  const low: Network = { ...GOOD, available: FLOOR / 2 };
  assertEquals(new Set(run(times(60, low))), new Set(["flows"]));
  for (const sign of [{ loss: 0.06 }, { roundTripMs: 700 }, { rate: 3 }]) {
    assertEquals(run(times(2, { ...low, ...sign })).at(-1), "rests", JSON.stringify(sign));
    assertEquals(run(times(9, { ...GOOD, ...sign })).at(-1), "flows", "enough is enough");
  }
});

Deno.test("few frames from a busy computer do not keep a picture away that has room", () => {
  const busy: Network = { ...GOOD, rate: 2 };
  assertEquals(run([...times(2, BAD), ...times(10, busy)]).at(-1), "flows");
  const narrow: Network = { ...busy, available: FLOOR };
  assertEquals(run([...times(2, BAD), ...times(10, narrow)]).at(-1), "tried");
});

Deno.test("a trial under which the voice suffers ends at once", () => {
  const flows = run([LOSSY, LOSSY, ...times(4, GOOD), LOSSY, GOOD]);
  assertEquals(flows.slice(-3), ["tried", "rests", "rests"]);
});

Deno.test("a network that stays bad is tried ever less often and never shows a picture", () => {
  const flows = run(times(300, BAD));
  assert(!flows.slice(1).includes("flows"));
  const trials = flows.filter((flow, n) => flow === "tried" && flows[n - 1] === "rests").length;
  assert(trials >= 12 && trials <= 20, `${trials} trials in ten minutes`);
});

Deno.test("whatever the network was, a good one brings the picture back within a minute and a half", () => {
  fc.assert(fc.property(fc.array(anyNetwork, { maxLength: 120 }), (past) => {
    assertEquals(run([...past, ...times(45, GOOD)]).at(-1), "flows");
  }));
});

Deno.test("it never appears without having been tried", () => {
  fc.assert(fc.property(fc.array(anyNetwork, { maxLength: 200 }), (networks) => {
    const flows: PictureFlow[] = ["flows", ...run(networks)];
    for (const [n, flow] of flows.entries()) {
      const before = flows[n - 1] ?? "flows";
      if (flow === before) continue;
      const from = { rests: ["flows", "tried"], tried: ["rests"], flows: ["tried"] }[flow];
      assert(from.includes(before), `${before} -> ${flow}`);
    }
  }));
});
