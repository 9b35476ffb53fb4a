/** Puts the technician's changes of a scene into the fewest messages the device can follow. */
import { mergeSteps, type Scene, type SceneNews, type Step } from "../../../protocol/show.ts";

/** What the device was not told yet: nothing, some steps, or the whole. */
export class SceneTeller {
  readonly #page: string;
  #steps: readonly Step[] = [];
  #whole = false;
  #rev = 0;

  /** `page`: a name of this load of the page. */
  constructor(page: string) {
    this.#page = page;
  }

  /** This step was made. */
  step(step: Step): void {
    if (this.#whole) return; // It is in the whole.
    const last = this.#steps.at(-1);
    const merged = last === undefined ? null : mergeSteps(last, step);
    this.#steps = merged === null ? [...this.#steps, step] : [...this.#steps.slice(0, -1), merged];
  }

  /** The device has to be told the whole. */
  whole(): void {
    this.#whole = true;
    this.#steps = [];
  }

  /** What to say next of `scene`, which is as it is after all steps; null: all was said. */
  next(scene: Scene): SceneNews | null {
    if (this.#whole) {
      this.#whole = false;
      return { type: "show_scene", page: this.#page, rev: ++this.#rev, scene };
    }
    const [step, ...steps] = this.#steps;
    if (step === undefined) return null;
    this.#steps = steps;
    return { type: "show_step", page: this.#page, rev: ++this.#rev, step };
  }
}
