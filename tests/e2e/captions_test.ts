/** Live captions: only the browser's recogniser is made up, what it is given to hear is real. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, connect, openConsole, openPhone, pressSeldom } from "./cast.ts";
import { until } from "./look.ts";
import { Stage } from "./people.ts";

/** Runs in the page, before its scripts: a browser that recognises English and German on the device. */
function recognise(): void {
  class Recogniser extends EventTarget {
    static available({ langs }: { langs: string[] }): Promise<string> {
      const known = langs.every((lang) => ["en-US", "de-DE"].includes(lang));
      return Promise.resolve(known ? "available" : "unavailable");
    }
    static install(): Promise<boolean> {
      return Promise.resolve(true);
    }
    #local = false;
    get processLocally(): boolean {
      return this.#local;
    }
    set processLocally(local: boolean) {
      this.#local = local;
    }
    start(track: MediaStreamTrack): void {
      Reflect.set(globalThis, "recogniser", this);
      Reflect.set(this, "hears", `${track.kind} ${track.readyState}`);
    }
    abort(): void {
      Reflect.set(globalThis, "recogniser", null);
    }
  }
  Object.assign(globalThis, { SpeechRecognition: Recogniser });
}

/** What the page's recogniser was told to do; null: it has none now. */
function recogniser(page: Page): Promise<Record<string, unknown> | null> {
  return page.evaluate(() => {
    const now = Reflect.get(globalThis, "recogniser");
    return now && { lang: now.lang, local: now.processLocally, hears: now.hears };
  });
}

/** The recogniser understands something. */
async function understands(page: Page, transcript: string, isFinal: boolean): Promise<void> {
  await page.evaluate(([transcript, isFinal]) => {
    const results = [Object.assign([{ transcript }], { isFinal })];
    const event = Object.assign(new Event("result"), { resultIndex: 0, results });
    Reflect.get(globalThis, "recogniser").dispatchEvent(event);
  }, [transcript, isFinal] as const);
}

Deno.test("[S8] captions of the other side, made on the device, offered where that is possible, gone with the call", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, {});
  await console.addInitScript(recognise);
  await console.reload();
  const phone = await openPhone(stage, browser, console, "Till 4");
  // A recogniser that hands the sound to somebody's server is not taken.
  await phone.addInitScript(() => {
    const remote = { SpeechRecognition: EventTarget, webkitSpeechRecognition: EventTarget };
    Object.assign(globalThis, remote);
  });
  await phone.reload();
  await server.mediaReady();
  await connect(console, phone, "Till 4", "Accept with voice");

  await pressSeldom(console, "Captions");
  await console.getByText("Captions are on.").waitFor();
  await until(console, () => Boolean(Reflect.get(globalThis, "recogniser")), null);
  assertEquals(await recogniser(console), { lang: "en-US", local: true, hears: "audio live" });
  await understands(console, "it is the green", false);
  await console.getByText("it is the green", { exact: true }).waitFor();
  await understands(console, "It is the green button.", true);
  await console.getByText("It is the green button.", { exact: true }).waitFor();
  assertEquals(await console.getByText("it is the green", { exact: true }).count(), 0);
  assertEquals(await phone.getByText("Captions", { exact: true }).count(), 0);

  await pressSeldom(console, "Captions");
  await console.getByText("It is the green button.").waitFor({ state: "detached" });
  assertEquals(await recogniser(console), null);
  await pressSeldom(console, "Captions");
  await until(console, () => Boolean(Reflect.get(globalThis, "recogniser")), null);
  await button(console, "Hang up").click();
  await button(console, "Start call").waitFor();
  assertEquals(await recogniser(console), null);
  assertEquals(stage.errors, []);
  await server.stop();
});
