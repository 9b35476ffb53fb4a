/** Tells whoever watches the process how calls are: being prepared, ready, or not there and why. */
import { isReadable, log, type LogFormat } from "../log/log.ts";
import type { MediaStatus } from "../protocol/service.ts";
import { type OnProgress, type Progress, progressLine, stepInWords } from "./obtain/progress.ts";

/** What a gateway is given to be told of. */
export interface CallsTeller {
  readonly onProgress: OnProgress;
  readonly onStatus: (status: MediaStatus) => void;
}

/** Tells it in a log of this form; to people, preparing is one line that is written over. */
export function tellCalls(format: LogFormat): CallsTeller {
  const line = isReadable(format) ? progressLine() : { report: logQuarters(), end: () => {} };
  return {
    onProgress: line.report,
    onStatus(status) {
      if (status.state === "preparing") return;
      line.end();
      if (status.state === "ready") log("calls_ready");
      else log("calls_unavailable", { reason: status.reason });
    },
  };
}

/** Logs every new step and every quarter. */
function logQuarters(): OnProgress {
  let last = "";
  return ({ step, progress }: Progress) => {
    const percent = Math.floor(progress * 100);
    const key = `${step} ${Math.floor(percent / 25)}`;
    if (key === last) return;
    last = key;
    log("calls_preparing", { step: stepInWords(step), percent });
  };
}
