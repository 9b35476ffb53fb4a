/** What a page does when it may send again what it was not allowed to send. */
import { assertEquals } from "@std/assert";
import type { MediaTicket } from "../../protocol/messages.ts";
import type { MediaLink } from "../../client/call/media_link.ts";
import { MediaLost, MediaRefused } from "../../client/call/media_socket.ts";
import { Publisher } from "../../client/call/publisher.ts";
import { VideoSwitch } from "../../client/call/video_switch.ts";
import type { CallProblem } from "../../client/call/types.ts";
import { signal } from "@preact/signals";

const TICKET: MediaTicket = { url: "/media/socket", token: "fresh", node: "node", move: 0 };

/** A page whose camera is on, on a node that let it send no video. */
function page(rights: (wanted: () => boolean) => Promise<MediaTicket>, renewed = true) {
  const done: string[] = [];
  const problems: CallProblem[] = [];
  let [allowed, silent] = [false, false];
  const link: Pick<MediaLink, "allows" | "renew" | "set"> = {
    allows: () => allowed,
    renew: ({ token }) => {
      done.push(`renewed by ${token}`);
      allowed = renewed;
      return Promise.resolve();
    },
    set: (kind) => {
      done.push(`sent ${kind}`);
      return allowed ? Promise.resolve() : Promise.reject(new MediaRefused("video_off"));
    },
  };
  let current: MediaLink | null = link as MediaLink;
  const publisher = new Publisher({
    track: () => null,
    silent: () => silent,
    link: () => current,
    rights,
    refused: (_kind, why) => problems.push(why),
  });
  return {
    done,
    problems,
    send: () => publisher.send("video"),
    stop: () => silent = true,
    leave: () => current = null,
  };
}

Deno.test("[M1] what is allowed again is sent once a fresh ticket says so", async () => {
  const { done, problems, send } = page(() => Promise.resolve(TICKET));
  await send();
  assertEquals(done, ["renewed by fresh", "sent video"]);
  assertEquals(problems, []);
});

Deno.test("[A3] a ticket that is refused says why in its own words; a slow line is no fault of the server", async () => {
  const text = async (rights: () => Promise<MediaTicket>) => {
    const { done, problems, send } = page(rights);
    await send();
    assertEquals(done, []);
    return problems.map((problem) => [problem.kind, problem.text.key]);
  };
  const refused = Object.assign(new Error(), { code: "calls_unavailable" });
  assertEquals(await text(() => Promise.reject(refused)), [[
    "refused",
    "errors.calls_unavailable",
  ]]);
  assertEquals(await text(() => Promise.reject(new Error("no way"))), [["slow", "call.tooSlow"]]);
});

Deno.test("[M1] what the node still refuses with the fresh ticket is said", async () => {
  const { problems, send } = page(() => Promise.resolve(TICKET), false);
  await send();
  assertEquals(problems.map(({ text }) => text.key), ["errors.video_off"]);
});

Deno.test("[M1] nothing is said or sent of what nobody wants any more when the ticket comes", async () => {
  for (const fails of [false, true]) {
    for (const ends of ["stop", "leave"] as const) {
      const asked = Promise.withResolvers<MediaTicket>();
      let wanted = () => false;
      const { done, problems, ...one } = page((still) => {
        wanted = still;
        return asked.promise;
      });
      const sending = one.send();
      assertEquals(wanted(), true);
      one[ends]();
      assertEquals(wanted(), false, "it is not asked for again");
      if (fails) asked.reject(new Error("no way"));
      else asked.resolve(TICKET);
      await sending;
      assertEquals([done, problems], [[], []]);
    }
  }
});

Deno.test("a link that breaks in the middle is no refusal: all is sent over the next one", async () => {
  const { problems, send } = page(() => Promise.reject(new MediaLost("")));
  await send();
  assertEquals(problems, []);
});

Deno.test("[M1] video that is switched off says why where there was a picture, and only until it is on", () => {
  const pictures = { localVideo: signal(null), remoteVideo: signal<MediaStream | null>(null) };
  const problem = signal<CallProblem | null>(null);
  let ends = 0;
  const video = new VideoSwitch(pictures, problem, () => ends++);
  const said = () => problem.value?.text.key ?? null;
  video.set(true);
  video.set(false);
  video.set(false);
  assertEquals([ends, said()], [1, null], "a call without pictures misses none");
  video.set(true);
  pictures.remoteVideo.value = {} as MediaStream;
  pictures.remoteVideo.value = null;
  video.set(false);
  assertEquals([ends, said()], [2, "errors.video_off"]);
  video.set(true);
  assertEquals(said(), null);
  video.reset();
  video.set(false);
  assertEquals(said(), null, "the next call begins anew");
});
