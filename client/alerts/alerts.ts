/**
 * System notifications of an open page nobody looks at: shown once for each thing that happens, and
 * taken away when somebody looks, acts, or the thing is over (N1, N2, S8).
 */

/** Something a person should know of while they do not look. */
export interface Alert {
  /** What it is about: a newer one takes its place. */
  readonly tag: string;
  /** What happened; another moment of the same thing is shown anew. */
  readonly moment: string;
  readonly title: string;
  readonly body: string;
  /** It stays on the screen until somebody acts. */
  readonly urgent: boolean;
}

/** Where alerts are shown. */
export interface AlertPlace {
  show(alert: Alert): Promise<void>;
  /** Takes away all but these. */
  keepOnly(tags: ReadonlySet<string>): Promise<void>;
}

/** What to do next. */
export interface AlertStep {
  readonly show: readonly Alert[];
  /** The tags that may stay on the screen. */
  readonly keep: ReadonlySet<string>;
  /** By tag, the moment the person knows of or was told. */
  readonly known: ReadonlyMap<string, string>;
}

/** What follows from what there is to know now. Pure. */
export function nextStep(
  known: ReadonlyMap<string, string>,
  wanted: readonly Alert[],
  looking: boolean,
): AlertStep {
  const now = new Map(wanted.map(({ tag, moment }) => [tag, moment]));
  if (looking) return { show: [], keep: new Set(), known: now };
  const show = wanted.filter(({ tag, moment }) => known.get(tag) !== moment);
  return { show, keep: new Set(now.keys()), known: now };
}

/** The alerts of a page. */
export class Alerts {
  private known: ReadonlyMap<string, string> = new Map();
  private done: Promise<void> = Promise.resolve();

  constructor(private readonly place: AlertPlace) {}

  /** Tells what there is to know, and whether somebody looks at the page. */
  update(wanted: readonly Alert[], looking: boolean): void {
    const { show, keep, known } = nextStep(this.known, wanted, looking);
    this.known = known;
    // One after the other: what is taken away must not be overtaken by what is being shown.
    this.done = this.done.then(async () => {
      await this.place.keepOnly(keep);
      for (const alert of show) await this.place.show(alert);
    }).catch(() => {
      // A permission that was taken back: the page says everything itself.
    });
  }
}
