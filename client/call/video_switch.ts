/** Video is switched off by the administrator in mid-call, or on again (M1). */
import { effect, type Signal, untracked } from "@preact/signals";
import { refusal } from "./problems.ts";
import type { CallClient, CallProblem } from "./types.ts";

/** Follows the switch, for one call after another. */
export class VideoSwitch {
  #on = true;
  /** There was a picture in this call: whoever misses it is told why. */
  #pictured = false;

  /** `end`: ends camera, screen and what is shown on pictures. */
  constructor(
    { localVideo, remoteVideo }: Pick<CallClient, "localVideo" | "remoteVideo">,
    private readonly problem: Signal<CallProblem | null>,
    private readonly end: () => void,
  ) {
    effect(() => {
      if (localVideo.value !== null || remoteVideo.value !== null) this.#pictured = true;
    });
  }

  /** As `CallClient.letVideo`. */
  set(on: boolean): void {
    const switched = on !== this.#on;
    this.#on = on;
    if (switched) untracked(() => on ? this.#retract() : this.#end());
  }

  /** The call is over: the next one begins anew. */
  reset(): void {
    this.#on = true;
    this.#pictured = false;
  }

  #end(): void {
    this.end();
    if (this.#pictured) this.problem.value = refusal("video_off");
  }

  #retract(): void {
    const now = this.problem.peek();
    if (now?.kind === "refused" && now.code === "video_off") this.problem.value = null;
  }
}
