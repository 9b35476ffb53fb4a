/** How far the media worker is from being there, and telling it on a terminal. */

/** What is being done. */
export type Step =
  /** Another process on this machine is at it. */
  | "waiting"
  | "downloading"
  | "installing"
  | "building"
  | "checking";

/** How far it is: `progress` is 0 to 1 over all steps and never goes back within one attempt. */
export interface Progress {
  readonly step: Step;
  readonly progress: number;
}

/** Hears of progress. */
export type OnProgress = (progress: Progress) => void;

/** The share of the whole that each step ends at; they come in this order. */
const ENDS = {
  waiting: 0,
  downloading: 0.1,
  installing: 0.2,
  building: 0.97,
  checking: 1,
} as const;

/** Progress over all steps when `step` is `done` (0 to 1) through. */
export function overall(step: Step, done: number): Progress {
  const steps = Object.keys(ENDS) as Step[];
  const before = steps[steps.indexOf(step) - 1];
  const start = before === undefined ? 0 : ENDS[before];
  const within = Math.min(1, Math.max(0, done));
  return { step, progress: start + (ENDS[step] - start) * within };
}

const WORDS: Readonly<Record<Step, string>> = {
  waiting: "another process prepares the media worker",
  downloading: "looking for a ready media worker",
  installing: "installing what the media worker is built with",
  building: "building the media worker",
  checking: "checking the media worker",
};

/** What is being done, for a person. */
export function stepInWords(step: Step): string {
  return WORDS[step];
}

/** Where progress is written: `Deno.stderr`, or something like it. */
export interface ProgressSink {
  isTerminal(): boolean;
  writeSync(bytes: Uint8Array): number;
}

/**
 * Writes progress: one line that is written over on a terminal, elsewhere a line at every new step
 * and every quarter. Call `end` when it is over.
 */
export function progressLine(
  sink: ProgressSink = Deno.stderr,
): { report: OnProgress; end: () => void } {
  const terminal = sink.isTerminal();
  const write = (text: string) => sink.writeSync(new TextEncoder().encode(text));
  let last = "";
  let open = false;
  const report: OnProgress = ({ step, progress }) => {
    const percent = Math.floor(progress * 100);
    const key = terminal ? `${step} ${percent}` : `${step} ${Math.floor(percent / 25)}`;
    if (key === last) return;
    last = key;
    open = terminal;
    const text = `Preparing calls: ${WORDS[step]} (${percent} %)`;
    write(terminal ? `\r\x1b[K${text}` : `${text}\n`);
  };
  const end = () => {
    if (open) write("\r\x1b[K");
    open = false;
  };
  return { report, end };
}
