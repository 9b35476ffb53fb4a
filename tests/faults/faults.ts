/** What can go wrong, each by its name; a run draws them in an order of its own. */
import { newUlid } from "../../client/ulid.ts";
import type { Denokv } from "./denokv.ts";
import type { Dice } from "./dice.ts";
import type { Nodes } from "./nodes.ts";
import type { Power } from "./power/power.ts";
import { pass } from "./product.ts";
import type { FaultWorld } from "./world.ts";

/** Does its harm, and resolves when it is over; the network may notice much later. */
export type Fault = (world: FaultWorld) => Promise<void>;

const STORM = 4;

/** What happens to the server; one at a time. */
const OF_THE_SERVER: Readonly<Record<string, Fault>> = {
  async "the server is killed"({ dice, product }) {
    await pass(dice.between(0, 300));
    await product.crash();
  },

  async "the server is restarted"({ product }) {
    await product.restart();
  },

  /** Longer than pages wait for an answer (client/connection.ts), or shorter. */
  async "the server stands still"({ dice, product }) {
    await product.freeze(dice.between(200, 6_000));
  },

  async "the disk is full"({ dice, product }) {
    await product.fillDisk(dice.between(200, 1_500));
  },

  /** Longer than SQLite waits for somebody else's lock (5 s), or shorter. */
  async "the database is locked"({ dice, product }) {
    await product.lockDatabase(dice.between(500, 7_000));
  },
};

/** What may happen beside it: between pages and server, and to clocks. */
const OF_THE_REST: Readonly<Record<string, Fault>> = {
  /** Set by a few seconds or some hours, and left there until it is set the next time. */
  async "the server's clock is set"({ dice, product }) {
    for (let times = dice.between(1, 2); times > 0; times--) {
      const most = dice.pick([5, 120, 4 * 60 * 60]);
      await product.setClock(dice.between(-most, most));
      await pass(dice.between(500, 2_000));
    }
  },

  /** All of them at once: they share a clock here. */
  async "the pages' clocks are set"({ dice, pages, clocks }) {
    clocks.set(dice.between(-4 * 60 * 60, 4 * 60 * 60));
    await pass(dice.between(100, 1_000));
    for (const page of pages) if (dice.next() < 0.3) page.wake();
    if (dice.next() < 0.5) clocks.set(0);
  },

  /** Frames of an old connection arrive after those of the new one. */
  async "old connections are overtaken"({ dice, pages }) {
    const hit = dice.shuffle(pages).slice(dice.between(0, pages.length - 1));
    for (const page of hit) page.network.holdBack(dice.between(300, 2_500));
    await pass(dice.between(100, 600));
    for (const page of hit) page.network.leaveBehind();
    await pass(dice.between(100, 1_500));
  },

  async "pages have two connections"({ dice, pages, history }) {
    await Promise.all(
      dice.shuffle(pages).slice(dice.between(0, pages.length - 1)).map((page) => {
        const again = history.texts
          .filter(({ client, text }) => client === page.id && text !== "").slice(-3)
          .map(({ session, n, text }) => ({ type: "text.send", session, n, text } as const));
        return page.double(again, dice.between(200, 1_500));
      }),
    );
  },

  async "sockets are reset"({ dice, pages }) {
    for (const page of dice.shuffle(pages).slice(dice.between(0, pages.length - 1))) {
      page.network.cut();
      await pass(dice.between(0, 100));
    }
  },

  async "sockets break in the middle of a frame"({ dice, pages }) {
    for (const page of pages) page.network.cutAfter(dice.between(1, 3_000));
    await pass(dice.between(200, 800));
  },

  /**
   * Half-open: nobody is told, until somebody looks at the page or waits for an answer in vain. Pages
   * that wait are spared, for a file's request is only given up after 30 s (client/attach/upload.ts).
   */
  async "connections are forgotten"({ dice, pages }) {
    const hit = dice.shuffle(pages).slice(dice.between(0, pages.length - 1))
      .filter(({ busy }) => !busy);
    for (const page of hit) page.network.forget();
    await pass(dice.between(200, 1_000));
    for (const page of hit) if (dice.next() < 0.5) page.wake();
  },

  /** Each page its own delay, up to that of a satellite; some are cut while frames are on their way. */
  async "networks are slow"({ dice, pages }) {
    for (const page of pages) page.network.delay = dice.between(0, 600);
    await pass(dice.between(500, 1_500));
    for (const page of pages) if (dice.next() < 0.3) page.network.cut();
    for (const page of pages) page.network.delay = 0;
  },

  async "everybody reconnects again and again"({ dice, pages }) {
    for (let time = 0; time < STORM; time++) {
      for (const page of pages) page.network.cut();
      await pass(dice.between(20, 400));
      for (const page of pages) page.wake();
    }
  },
};

/** What happens to what carries calls. */
const OF_CALLS: Readonly<Record<string, Fault>> = {
  async "the media worker is killed"({ dice, product }) {
    for (let times = dice.between(1, 3); times > 0; times--) {
      await product.harmWorker("kill");
      await pass(dice.between(100, 1_500));
    }
  },

  /** Longer than pages wait for an answer (docs/PROTOCOL.md, 4.1), or shorter. */
  async "the media worker stands still"({ dice, product }) {
    await product.harmWorker(dice.between(500, 6_000));
  },
};

/** The same where nodes have processes of their own. */
function ofNodes(nodes: Nodes): Readonly<Record<string, Fault>> {
  return {
    async "a media node is killed"({ dice }) {
      await nodes.kill(dice);
    },
    async "a media node is told to go"({ dice }) {
      await nodes.drain(dice);
    },
    async "a media node stands still"({ dice }) {
      await nodes.freeze(dice, dice.between(500, 9_000));
    },
    async "the workers of a media node are killed"({ dice }) {
      await nodes.killWorkers(dice);
    },
  };
}

/** What else may happen to who is in a call. */
const BESIDE_CALLS = [
  ...["the server is killed", "the server stands still", "the database is locked"],
  ...["sockets are reset", "connections are forgotten", "old connections are overtaken"],
  ...["the server's clock is set", "everybody reconnects again and again"],
];
/** How many of them a run has time for. */
const BESIDE_CALLS_A_RUN = 4;

/** All that happens to calls, and some of the rest, in an order of its own. */
export function drawCallTroubles(
  dice: Dice,
  nodes: Nodes | null,
): (readonly [name: string, fault: Fault])[] {
  const rest = Object.entries({ ...OF_THE_SERVER, ...OF_THE_REST })
    .filter(([name]) => BESIDE_CALLS.includes(name));
  const some = dice.shuffle(rest).slice(0, BESIDE_CALLS_A_RUN);
  const ofCalls = nodes === null ? OF_CALLS : ofNodes(nodes);
  return dice.shuffle([...Object.entries(ofCalls), ...some]);
}

/** What breaks at the same time: one thing, or the server and something else at once. */
export type Trouble = readonly (readonly [name: string, fault: Fault])[];

/** Everything that can go wrong, once, in an order of its own. */
export function drawTroubles(dice: Dice): Trouble[] {
  return drawWith(dice, OF_THE_SERVER, Object.keys(OF_THE_REST).length);
}

/** The power of the server's machine is cut `cuts` times, among `others` other things at most. */
export function drawPowerTroubles(
  dice: Dice,
  power: Power,
  { cuts, others }: { readonly cuts: number; readonly others: number },
): Trouble[] {
  const cut: Fault = async ({ product }) => {
    await pass(dice.between(0, 600));
    await product.crash((pid) => power.cut(dice, pid));
  };
  const all = Array.from({ length: cuts }, (_, at) => [`the power is cut, ${at + 1}`, cut]);
  return drawWith(dice, Object.fromEntries(all), others);
}

/** A web process has noticed by then that its database is away, in milliseconds. */
const AWAY_AFTER = 6_000;
/** And answers within this: it waits no more. */
const TOLD_WITHIN = 1_500;

/** Who asks for something while the database is away is told to try again, at once. */
async function isToldBusy({ noticed, history }: FaultWorld): Promise<void> {
  // Its connection may have broken, and who comes anew has to wait.
  if (noticed.live.connected.peek().kind !== "online") return;
  const asked = noticed.live.act({ type: "notification.read", notification: newUlid(0) });
  const answer = await Promise.race([asked, pass(TOLD_WITHIN).then(() => null)]);
  if (answer?.kind === "disconnected") return;
  if (answer?.kind === "rejected" && answer.code === "busy") return;
  history.broken.push(`without a database a page is told ${JSON.stringify(answer)}`);
}

/** What happens to a database server (denokv), and to its machine. */
function ofDatabase(database: Denokv): Readonly<Record<string, Fault>> {
  const away = async ({ dice, product }: FaultWorld, harm: () => Promise<void>) => {
    await product.withoutDatabase(dice.between(0, 7_000), harm, () => database.startAgain());
  };
  return {
    /** Longer than a web process waits for it (store/kv_connect.ts, 5 s), or shorter. */
    async "the database server stands still"(world) {
      const { dice, product } = world;
      const ms = dice.pick([dice.between(500, AWAY_AFTER), dice.between(8_000, 10_000)]);
      const asking = ms < AWAY_AFTER ? undefined : pass(AWAY_AFTER).then(() => isToldBusy(world));
      await product.withoutDatabase(ms, () => database.freeze(), () => database.thaw());
      await asking;
    },
    async "the database server is killed"(world) {
      await pass(world.dice.between(0, 300));
      await away(world, () => database.kill());
    },
    async "the database server's disk is full"({ dice, product }) {
      const ms = dice.between(500, 3_000);
      const fill = (full: boolean) => () => database.fillDisk(full);
      await product.withoutDatabase(ms, fill(true), fill(false));
    },
    ...database.powered && {
      async "the database server's power is cut"(world) {
        await pass(world.dice.between(0, 300));
        await away(world, () => database.kill(world.dice));
      },
    },
  };
}

/** What may still happen to the server whose database is elsewhere. */
const BESIDE_DATABASE = [
  "the server is killed",
  "the server is restarted",
  "the server stands still",
];

/** All that happens to a database server and to who works with it, some of it at once. */
export function drawDatabaseTroubles(dice: Dice, database: Denokv): Trouble[] {
  const server = Object.entries(OF_THE_SERVER).filter(([name]) => BESIDE_DATABASE.includes(name));
  const all = { ...Object.fromEntries(server), ...ofDatabase(database) };
  return drawWith(dice, all, Object.keys(OF_THE_REST).length);
}

/** What happens to the server, each beside something else or not, and so much of the rest. */
function drawWith(dice: Dice, ofServer: Readonly<Record<string, Fault>>, most: number): Trouble[] {
  const ofTheRest = dice.shuffle(Object.entries(OF_THE_REST)).slice(0, most);
  const withServer = Object.entries(ofServer).map((one): Trouble => {
    const other = dice.next() < 0.7 ? ofTheRest.pop() : undefined;
    return other === undefined ? [one] : [one, other];
  });
  return dice.shuffle([...withServer, ...ofTheRest.map((one): Trouble => [one])]);
}
