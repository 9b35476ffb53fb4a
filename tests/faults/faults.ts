/** What can go wrong, each by its name; a run draws them in an order of its own. */
import type { Dice } from "./dice.ts";
import { pass } from "./product.ts";
import type { World } from "./world.ts";

/** Does its harm, and resolves when it is over; the network may notice much later. */
export type Fault = (world: World) => Promise<void>;

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
};

/** What happens between pages and server. */
const OF_THE_NETWORK: Readonly<Record<string, Fault>> = {
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

/** What breaks at the same time: one thing, or the server and the network at once. */
export type Trouble = readonly (readonly [name: string, fault: Fault])[];

/** Everything that can go wrong, once, in an order of its own. */
export function drawTroubles(dice: Dice): Trouble[] {
  const ofNetwork = dice.shuffle(Object.entries(OF_THE_NETWORK));
  const withServer = Object.entries(OF_THE_SERVER).map((one): Trouble => {
    const other = dice.next() < 0.5 ? ofNetwork.pop() : undefined;
    return other === undefined ? [one] : [one, other];
  });
  return dice.shuffle([...withServer, ...ofNetwork.map((one): Trouble => [one])]);
}
