/** A call of people who are far from each other, and what is seen and heard of it. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, endSession, openText, status } from "../e2e/cast.ts";
import { arrived, messages, write } from "../e2e/look.ts";
import type { PathKind } from "../../client/call/stats.ts";
import { DEVICE_HERTZ, TECHNICIAN_HERTZ } from "../e2e/people.ts";
import { until } from "../support/waiting.ts";
import { concealedShare, concealment, pathsOf } from "./connections.ts";
import { type Continuity, continuityOf, WINDOW_MS } from "./continuity.ts";
import type { DeviceNetwork } from "./device_network.ts";
import { Ear } from "./ear.ts";
import { Eye } from "./eye.ts";
import { DEVICE, type FarPeople } from "./far_people.ts";

/** How a call's packets travel, in the words of its page. */
export type Path = "UDP" | "TCP" | "Relay (TURN)";
const PATHS = {
  udp: "UDP",
  tcp: "TCP",
  relay: "Relay (TURN)",
} as const satisfies Record<PathKind, Path>;

/** What was heard on one side. */
export interface Sound extends Continuity {
  /** The part of the sound that the browser guessed because its packets had not come, 0 to 1. */
  readonly concealed: number;
}

/** What was seen and heard of a call from the change of a network on. */
export interface Impression {
  /** What the technician heard of the device, and the other way round. */
  readonly fromDevice: Sound;
  readonly toDevice: Sound;
  /** Frames a second that the technician saw of the device; 0: its picture rested. */
  readonly frames: number;
}

/** How long a call took to begin, from the tap that accepts it, in milliseconds. */
export interface Beginning {
  /** Until both heard each other. */
  readonly sound: number;
  /** Until both saw each other. */
  readonly picture: number;
}

/** A network for some time. */
export interface Course {
  readonly change: (network: DeviceNetwork) => Promise<void>;
  /** What becomes of it after so many seconds, if anything. */
  readonly then?: {
    readonly after: number;
    readonly change: (network: DeviceNetwork) => Promise<void>;
  };
}

/** A call with pictures that both sides see and hear: {@link FarCall.begin}. */
export class FarCall {
  #texts = 0;

  private constructor(
    private readonly people: FarPeople,
    private readonly ears: { readonly console: Ear; readonly phone: Ear },
    /** The technician's. */
    private readonly eye: Eye,
    readonly beginning: Beginning,
  ) {}

  /** The technician starts a session, the device user accepts it with video. */
  static async begin(people: FarPeople): Promise<FarCall> {
    const { console, phone } = people;
    const ears = {
      console: await Ear.open(console, DEVICE_HERTZ),
      phone: await Ear.open(phone, TECHNICIAN_HERTZ),
    };
    const eyes = {
      console: await Eye.open(console, "device"),
      phone: await Eye.open(phone, "technician"),
    };
    await button(console, `Start session with ${DEVICE}`).click();
    const accept = button(phone, "Accept with video");
    await accept.waitFor();
    const accepted = performance.now();
    const took = async (...all: Promise<void>[]) => {
      await Promise.all(all);
      return performance.now() - accepted;
    };
    const [sound, picture] = await Promise.all([
      took(ears.console.hearsAll(1), ears.phone.hearsAll(1)),
      took(eyes.console.sees(1), eyes.phone.sees(1)),
      accept.click(),
    ]);
    await openText(phone);
    return new FarCall(people, ears, eyes.console, { sound, picture });
  }

  /** The technician ends the session. */
  async end(): Promise<void> {
    await endSession(this.people.console);
    await status(this.people.phone, "Disconnected").waitFor();
  }

  /** Waits until each hears the other for a second on end. */
  async isHeard(): Promise<void> {
    for (const ear of Object.values(this.ears)) await ear.hearsAll(1_000 / WINDOW_MS);
  }

  /** Waits until the technician sees the device: a picture that rests is tried again after a while. */
  async isSeen(): Promise<void> {
    await this.eye.sees(await this.eye.frames() + 10);
  }

  /**
   * What is seen and heard for `seconds` from the first change on, while both write: `texts` each,
   * evenly.
   */
  async during(course: Course, seconds: number, texts: number): Promise<Impression> {
    const { console, phone } = this.people;
    const { console: there, phone: here } = this.ears;
    const from = { there: await there.now(), here: await here.now() };
    const frames = await this.eye.frames();
    const before = { there: await concealment(console), here: await concealment(phone) };
    const looks = seconds * 1_000 / WINDOW_MS;
    await course.change(this.people.network);
    const passes = this.#goesOn(course, there, from.there);
    for (let text = 1; text <= texts; text++) {
      await this.#write();
      await there.reaches(from.there + looks * text / texts);
    }
    await here.reaches(from.here + looks);
    await passes;
    const shown = await this.eye.frames() - frames;
    const guessed = {
      there: concealedShare(before.there, await concealment(console)),
      here: concealedShare(before.here, await concealment(phone)),
    };
    const [atTechnician, atDevice] = [
      await there.heard(from.there, from.there + looks),
      await here.heard(from.here, from.here + looks),
    ];
    return {
      fromDevice: { ...continuityOf(atTechnician), concealed: guessed.there },
      toDevice: { ...continuityOf(atDevice), concealed: guessed.here },
      frames: shown / seconds,
    };
  }

  /** How long it takes until both pages say that the device's network is gone, in milliseconds. */
  async saysSo(): Promise<{ readonly here: number; readonly there: number }> {
    const began = performance.now();
    const { console, phone } = this.people;
    const said = async (page: Page, words: RegExp) => {
      await page.getByText(words).filter({ visible: true }).first().waitFor();
      return performance.now() - began;
    };
    const [here, there] = await Promise.all([said(phone, LOST_HERE), said(console, LOST_THERE)]);
    return { here, there };
  }

  /** Waits until nobody says that any more. */
  async saysNothing(): Promise<void> {
    const { console, phone } = this.people;
    for (const [page, words] of [[phone, LOST_HERE], [console, LOST_THERE]] as const) {
      await page.getByText(words).filter({ visible: true }).waitFor({ state: "detached" });
    }
  }

  /** Waits until all that the device sends and gets takes one of these paths; which. */
  async takes(paths: readonly Path[]): Promise<string> {
    const taken = async () =>
      (await pathsOf(this.people.phone)).map((path) => path === null ? null : PATHS[path]);
    const found = await until(`the call takes ${paths.join(" or ")}`, taken, (found) => {
      return found.length > 0 && found.every((path) => path !== null && paths.includes(path));
    });
    return [...new Set(found)].join(", ");
  }

  /** Waits until the device's page says to who asks that its call takes this path. */
  async says(path: Path): Promise<void> {
    const { phone } = this.people;
    const quality = phone.getByRole("button", { name: /^Call quality: / });
    await quality.click();
    const details = phone.getByRole("region", { name: "Call quality" });
    await details.getByText(path, { exact: true }).waitFor();
    await quality.click();
  }

  /** Waits until all that was written has arrived, and fails unless it is there once and in order. */
  async hasAllTexts(): Promise<void> {
    const { console, phone } = this.people;
    await arrived(console, `technician ${this.#texts};`);
    await arrived(phone, `device ${this.#texts};`);
    const [there, here] = await Promise.all([console, phone].map(textsOf));
    assertEquals(there, here);
    for (const who of ["technician", "device"]) {
      const wrote = Array.from({ length: this.#texts }, (_, n) => `${who} ${n + 1};`);
      assertEquals(here?.filter((text) => text.startsWith(who)), wrote);
    }
  }

  async #goesOn({ then }: Course, clock: Ear, from: number): Promise<void> {
    if (then === undefined) return;
    await clock.reaches(from + then.after * 1_000 / WINDOW_MS);
    await then.change(this.people.network);
  }

  async #write(): Promise<void> {
    this.#texts++;
    await write(this.people.console, `technician ${this.#texts};`);
    await write(this.people.phone, `device ${this.#texts};`);
  }
}

/** What the pages say while nothing gets through. */
const LOST_HERE = /^Connection lost\. Reconnecting…$|^Reconnecting… /;
const LOST_THERE = new RegExp(`^The connection of ${DEVICE} is lost`);

async function textsOf(page: Page): Promise<string[]> {
  return (await messages(page)).map(({ text }) => /\w+ \d+;/.exec(text)?.[0] ?? text);
}
