/** A call that moves: who hears whom decides when a page leaves the node before. */
import { assertEquals } from "@std/assert";
import { Overlap } from "../../client/call/overlap.ts";

/** Remembers what an overlap did, in order. */
function make(): { overlap: Overlap; did: string[] } {
  const did: string[] = [];
  const overlap = new Overlap({
    remote: (kind, track) => did.push(track === null ? `no ${kind}` : kind),
    peer: (present) => did.push(present ? "present" : "absent"),
    heard: () => did.push("hears"),
    leave: () => did.push("left"),
  });
  return { overlap, did };
}

/** A track nothing has arrived on yet, and what has something arrive. */
function silentTrack(kind: "audio" | "video"): { track: MediaStreamTrack; arrive: () => void } {
  const track = Object.assign(new EventTarget(), { kind, muted: true });
  const arrive = () => {
    track.muted = false;
    track.dispatchEvent(new Event("unmute"));
  };
  // Deno has no MediaStreamTrack; an overlap only asks whether it is muted.
  return { track: track as unknown as MediaStreamTrack, arrive };
}

Deno.test("[M5] a page that hears the other stays on the node before until the other hears it", () => {
  const { overlap, did } = make();
  const voice = silentTrack("audio");
  overlap.remote("audio", voice.track);
  assertEquals(did, []);
  voice.arrive();
  assertEquals(did, ["audio", "hears"]);
  overlap.isHeard();
  assertEquals(did, ["audio", "hears", "left"]);
  overlap.end();
  assertEquals(did.length, 3);
});

Deno.test("[M5] a page that is heard stays until it hears the other, and sees it if it is to", () => {
  const { overlap, did } = make();
  const [voice, picture] = [silentTrack("audio"), silentTrack("video")];
  overlap.remote("video", picture.track);
  overlap.remote("audio", voice.track);
  overlap.isHeard();
  voice.arrive();
  assertEquals(did, ["audio", "hears"]);
  picture.arrive();
  assertEquals(did, ["audio", "hears", "video", "left"]);
});

Deno.test("[M5] what is held back while a page is on two nodes is said at the end of that", () => {
  const { overlap, did } = make();
  const voice = silentTrack("audio");
  overlap.remote("audio", voice.track);
  overlap.peer(false);
  assertEquals(did, []);
  overlap.end();
  assertEquals(did, ["left", "audio", "absent"]);
  voice.arrive();
  overlap.isHeard();
  assertEquals(did.length, 3);
});
