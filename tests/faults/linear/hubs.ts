/** Several hubs on one database in this process, as one web process each: what plays run on quickly. */
import type { Hub } from "../../../actors/hub.ts";
import type { HubStore } from "../../../actors/ports.ts";
import { replaced, World } from "../../actors/world.ts";
import type { Dice } from "../dice.ts";
import type { Play, Process } from "./play.ts";

const HUBS = 3;
/** The longest a store takes before and after it does what it is asked, in milliseconds. */
const SLOW = 4;
/** The latest a process hears of what another one did, in milliseconds: later than a page asks. */
const HEARS_WITHIN = 60;
/** How often it fails: before, or after it was done. */
const FAILS = 0.01;

/** What has to be there for a play; `close` ends it. */
export async function openHubs(
  dice: Dice,
  change: (store: HubStore) => HubStore = (store) => store,
): Promise<Omit<Play, "calls" | "pause"> & { readonly world: World }> {
  const world = await World.open();
  const [ann, ben, device] = [
    await world.technician("Ann"),
    await world.technician("Ben"),
    await world.device(),
  ];
  const who = new Map<string, typeof ann>([ann, ben].map((one) => [one.technician.id, one]));
  const processes: Process[] = [];
  for (let left = HUBS; left > 0; left--) {
    const hub = await world.hub((store) => change(slow(store, dice)));
    processes.push((side, person) => (events) => {
      const connection = {
        send: (frame: string) => queueMicrotask(() => events.frame(frame)),
        close: () => queueMicrotask(() => events.lost()),
        buffered: 0,
      };
      const handler = connect(hub, connection);
      queueMicrotask(() => events.opened());
      return { send: (frame) => handler.receive(frame), close: () => handler.closed() };

      function connect(to: Hub, connection: Parameters<Hub["connectDevice"]>[1]) {
        if (side === "device") return to.connectDevice({ device: person }, connection);
        const identity = who.get(person);
        if (identity === undefined) throw new Error("no such technician");
        return to.connectTechnician(identity, connection);
      }
    });
  }
  const technicians = [ann.technician.id, ben.technician.id] as const;
  return { world, dice, device: device.id, technicians, processes };
}

/** A store that takes its time, so that processes meet in the middle, and that fails now and then. */
function slow(store: HubStore, dice: Dice): HubStore {
  const { sessions } = store;
  const late = async <T>(work: () => Promise<T>): Promise<T> => {
    await pause(dice.between(0, SLOW));
    if (dice.next() < FAILS) throw new Error("the store failed before");
    const done = await work();
    await pause(dice.between(0, SLOW));
    if (dice.next() < FAILS) throw new Error("the store failed after");
    return done;
  };
  return replaced(store, {
    sessions: {
      load: (id) => late(() => sessions.load(id)),
      commit: (...step) => late(() => sessions.commit(...step)),
      end: (...step) => late(() => sessions.end(...step)),
      start: (session) => late(() => sessions.start(session)),
      watch(id, ring) {
        const timers = new Set<ReturnType<typeof setTimeout>>();
        const stop = sessions.watch(id, (version) => {
          const timer = setTimeout(() => {
            timers.delete(timer);
            ring(version);
          }, dice.between(0, HEARS_WITHIN));
          timers.add(timer);
        });
        return () => {
          stop();
          for (const timer of timers) clearTimeout(timer);
        };
      },
    },
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
