/** What keeps a call alive: the screen lock, the media session, picture in picture. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type KeyActions, MediaKeys, type MediaSessionLike } from "../../client/call/media_keys.ts";
import { type PipFeatures, pipKind } from "../../client/call/pip.ts";
import { type Lock, ScreenLock, type ScreenWorld } from "../../client/call/screen_lock.ts";

/** A screen as browsers have it: locks go when the page is hidden, requests may be refused. */
class Screen implements ScreenWorld {
  shown = true;
  refuses = false;
  readonly held = new Set<Lock>();
  asked = 0;
  #listeners = new Set<() => void>();
  #waiting: (() => void)[] = [];

  request(): Promise<Lock> {
    this.asked++;
    return new Promise((granted, refused) => {
      this.#waiting.push(() => {
        if (this.refuses || !this.shown) return refused(new Error("NotAllowedError"));
        const released: (() => void)[] = [];
        const lock: Lock = {
          release: () => {
            if (this.held.delete(lock)) { for (const tell of released) tell(); }
            return Promise.resolve();
          },
          onReleased: (then) => released.push(then),
        };
        this.held.add(lock);
        granted(lock);
      });
    });
  }
  visible() {
    return this.shown;
  }
  onVisible(then: () => void) {
    this.#listeners.add(then);
    return () => this.#listeners.delete(then);
  }

  async answer() {
    for (const answer of this.#waiting.splice(0)) answer();
    await settled();
  }
  show(shown: boolean) {
    if (this.shown === shown) return;
    this.shown = shown;
    if (!shown) { for (const lock of [...this.held]) lock.release(); }
    else for (const tell of [...this.#listeners]) tell();
  }
  get listeners() {
    return this.#listeners.size;
  }
}

/** Lets promises that are settled be heard. */
async function settled() {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

const STEP = fc.constantFrom(
  "hold",
  "release",
  "hide",
  "show",
  "refuse",
  "allow",
  "answer",
);

Deno.test("the screen stays on exactly while a call wants it, the page is shown and the browser agrees", async () => {
  await fc.assert(fc.asyncProperty(fc.array(STEP, { maxLength: 30 }), async (steps) => {
    const screen = new Screen();
    const lock = new ScreenLock(screen);
    let wanted = false;
    for (const step of steps) {
      if (step === "hold") lock.hold();
      if (step === "release") lock.release();
      if (step === "hold" || step === "release") wanted = step === "hold";
      if (step === "hide" || step === "show") screen.show(step === "show");
      if (step === "refuse" || step === "allow") screen.refuses = step === "refuse";
      if (step === "answer") await screen.answer();
      await settled();
      assertEquals(screen.held.size <= 1, true);
      if (!wanted) assertEquals([screen.held.size, screen.listeners], [0, 0]);
    }
    // Whatever happened: once all is well it holds, the next time the page is shown.
    screen.refuses = false;
    await screen.answer();
    screen.show(false);
    screen.show(true);
    await screen.answer();
    await screen.answer();
    assertEquals(screen.held.size, wanted ? 1 : 0);
  }));
});

/** A media session that has only some actions and members. */
function session(known: readonly string[], members: boolean) {
  const handlers = new Map<string, MediaSessionActionHandler>();
  const told: string[] = [];
  const like: MediaSessionLike = {
    metadata: null,
    playbackState: "none",
    setActionHandler(action, handler) {
      if (!known.includes(action)) throw new TypeError("unknown action");
      if (handler === null) handlers.delete(action);
      else handlers.set(action, handler);
    },
    ...members
      ? {
        setMicrophoneActive: (active: boolean) => void told.push(`microphone ${active}`),
        setCameraActive: (active: boolean) => void told.push(`camera ${active}`),
      }
      : {},
  };
  return { like, handlers, told };
}

const picture = (title: string): MediaMetadata => ({
  title,
  artist: "",
  album: "",
  artwork: [],
});

Deno.test("headset buttons do what the browser has, stay in step, and forget the call (S8)", () => {
  const done: string[] = [];
  const actions: KeyActions = {
    toggleMicrophone: () => done.push("microphone"),
    toggleCamera: () => done.push("camera"),
    hangUp: () => done.push("hang up"),
  };
  const { like, handlers, told } = session(["togglemicrophone", "hangup"], true);
  const keys = new MediaKeys(like, actions, picture);
  keys.show({ title: "Ann", muted: false, camera: false });
  keys.show({ title: "Ann", muted: true, camera: false });
  keys.show({ title: "Ann", muted: true, camera: true });
  assertEquals([like.metadata?.title, like.playbackState], ["Ann", "playing"]);
  assertEquals([...handlers.keys()], ["togglemicrophone", "hangup"]);
  for (const handler of handlers.values()) handler({ action: "play" });
  assertEquals(done, ["microphone", "hang up"]);
  assertEquals(told, ["microphone true", "camera false", "microphone false", "camera true"]);
  keys.show(null);
  assertEquals([like.metadata, like.playbackState, handlers.size], [null, "none", 0]);
});

Deno.test("a media session without call members is used as far as it goes", () => {
  const { like, handlers } = session([], false);
  const none = () => {};
  const keys = new MediaKeys(
    like,
    { toggleMicrophone: none, toggleCamera: none, hangUp: none },
    picture,
  );
  keys.show({ title: "Ann", muted: false, camera: true });
  assertEquals([like.metadata?.title, handlers.size], ["Ann", 0]);
});

Deno.test("who works beside the call gets a window with controls, everybody else the picture, nobody what is not there", () => {
  const kinds = (features: PipFeatures) => [
    pipKind("technician", features),
    pipKind("device", features),
  ];
  // On a desk; Safari and Android; where the site's policy forbids the picture; Firefox on Android.
  assertEquals(kinds({ document: true, video: true }), ["document", "video"]);
  assertEquals(kinds({ document: false, video: true }), ["video", "video"]);
  assertEquals(kinds({ document: true, video: false }), ["document", null]);
  assertEquals(kinds({ document: false, video: false }), [null, null]);
});
