/** Tells the server how this page takes part in a call: only the latest state counts. */
import type { Part } from "./call/types.ts";
import type { Live } from "./live.ts";

interface Report extends Part {
  readonly session: string;
}

/** Sends `call.media`, one at a time, the newest state last, again after a lost connection. */
export class MediaReporter {
  private latest: Report | null = null;
  private sending = false;

  constructor(private readonly live: Live) {}

  /** This is how the page takes part from now on. */
  report(session: string, part: Part): void {
    this.latest = { session, ...part };
    if (!this.sending) void this.send();
  }

  /** The call is over: there is nothing left to say about it. */
  forget(): void {
    this.latest = null;
  }

  private async send(): Promise<void> {
    this.sending = true;
    while (this.latest !== null) {
      const report = this.latest;
      const wanted = () => this.latest === report;
      const result = await this.live.act({ type: "call.media", ...report }, wanted);
      const hopeless = this.live.connected.peek().kind === "closed";
      const done = result.kind !== "disconnected" || hopeless;
      if (this.latest === report && done) this.latest = null;
    }
    this.sending = false;
  }
}
