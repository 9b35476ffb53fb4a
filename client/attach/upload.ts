/**
 * Brings one file up, however often the connection is lost (tus 1.0.0, docs/PROTOCOL.md section 5).
 * The server says how much of it is there; whatever is not is sent again.
 */
import type { FileRefusal } from "../../protocol/attachment.ts";

/** A file as it goes up. */
export interface Outgoing {
  /** Made by this page, so that an announcement that is repeated is the same upload. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly blob: Blob;
  readonly picture?: { readonly width: number; readonly height: number };
}

/** What an upload needs of the page. */
export interface UploadPorts {
  /** Where files of this side of the session are. */
  readonly path: string;
  /** The browser's own. */
  fetch(path: string, init: RequestInit): Promise<Response>;
  /** Resolves when it is time for try number `attempt`, or the network may be back. */
  pause(attempt: number): Promise<void>;
  /** So many bytes are there. */
  progress(sent: number): void;
  /** The connection is lost (`true`), or bytes arrive again. */
  stalled(lost: boolean): void;
  /** Milliseconds, for measuring. */
  now(): number;
}

/** How an upload came to its end. */
export type UploadOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "cancelled" }
  /** `limit`: what would have been taken, in bytes. */
  | { readonly kind: "refused"; readonly code: string; readonly limit: number | null };

/** The server keeps pieces of this size: smaller slices would never arrive. */
const PIECE = 60 * 1024;

/** The most one request carries, in pieces. */
const MAX_PIECES = 17;

/** A request that gets no answer for so long is given up, in milliseconds. */
const PATIENCE = 30_000;

/** A slice may take about so long, in milliseconds: a progress bar should move. */
const SLICE_TIME = 2_000;

/** How often an upload that the server no longer knows begins anew. */
const MAX_RESTARTS = 3;

/** What one request led to. */
type Step =
  | { readonly kind: "at"; readonly offset: number }
  /** Ask how much is there. */
  | { readonly kind: "ask" }
  /** The server knows nothing of it: announce it again. */
  | { readonly kind: "gone" }
  /** No answer, or none that says anything. */
  | { readonly kind: "lost" }
  | Extract<UploadOutcome, { kind: "refused" }>;

/** Uploads `file`; `signal` cancels it, on the server too. */
export async function upload(
  ports: UploadPorts,
  file: Outgoing,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const run = new Run(ports, file, signal);
  const outcome = await run.toTheEnd();
  if (outcome.kind === "cancelled") run.takeBack();
  return outcome;
}

class Run {
  private known: "nothing" | "announced" | "offset" = "nothing";
  private offset = 0;
  private pieces = 1;
  private attempt = 0;
  private restarts = 0;

  constructor(
    private readonly ports: UploadPorts,
    private readonly file: Outgoing,
    private readonly signal: AbortSignal,
  ) {}

  async toTheEnd(): Promise<UploadOutcome> {
    while (this.known !== "offset" || this.offset < this.file.blob.size) {
      if (this.signal.aborted) return { kind: "cancelled" };
      const step = await this.next();
      if (this.signal.aborted) return { kind: "cancelled" };
      if (step.kind === "refused") return step;
      await this.take(step);
      if (this.restarts > MAX_RESTARTS) {
        return { kind: "refused", code: "unknown_file" satisfies FileRefusal, limit: null };
      }
    }
    return { kind: "done" };
  }

  /** Tells the server that it is not wanted any more; where it cannot be told, the end erases it. */
  takeBack(): void {
    if (this.known === "nothing" && this.attempt === 0) return;
    void this.ports.fetch(this.address(), { method: "DELETE" }).catch(() => {});
  }

  private async take(step: Exclude<Step, { kind: "refused" }>): Promise<void> {
    switch (step.kind) {
      case "at":
        this.known = "offset";
        this.offset = step.offset;
        this.attempt = 0;
        this.ports.stalled(false);
        return this.ports.progress(step.offset);
      case "ask":
        this.known = "announced";
        return;
      case "gone":
        this.known = "nothing";
        this.restarts++;
        return;
      case "lost":
        if (this.known === "offset") this.known = "announced";
        this.pieces = 1;
        this.ports.stalled(true);
        return await this.ports.pause(++this.attempt);
    }
  }

  private async next(): Promise<Step> {
    try {
      switch (this.known) {
        case "nothing":
          return await this.announce();
        case "announced":
          return await this.ask();
        case "offset":
          return await this.sendSlice();
      }
    } catch {
      return { kind: "lost" };
    }
  }

  private async announce(): Promise<Step> {
    const { id, name, type, blob, picture } = this.file;
    const said: [string, string][] = [["filename", name], ["filetype", type], ["id", id]];
    if (picture !== undefined) {
      said.push(["width", String(picture.width)], ["height", String(picture.height)]);
    }
    const response = await this.request({
      method: "POST",
      headers: {
        "Upload-Length": String(blob.size),
        "Upload-Metadata": said.map(([key, value]) => `${key} ${base64(value)}`).join(","),
      },
    }, this.ports.path);
    return await this.answer(response);
  }

  /** A HEAD is answered without a body: 404 says that nothing is known of the file, whatever for. */
  private async ask(): Promise<Step> {
    const response = await this.request({ method: "HEAD" });
    return response.status === 404 ? { kind: "gone" } : await this.answer(response);
  }

  private async sendSlice(): Promise<Step> {
    const began = this.ports.now();
    const to = this.offset + this.pieces * PIECE;
    const response = await this.request({
      method: "PATCH",
      headers: {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(this.offset),
      },
      body: this.file.blob.slice(this.offset, to),
    });
    const took = this.ports.now() - began;
    if (took < SLICE_TIME / 2) this.pieces = Math.min(MAX_PIECES, this.pieces * 2);
    else if (took > SLICE_TIME) this.pieces = Math.max(1, Math.floor(this.pieces / 2));
    return await this.answer(response);
  }

  private async answer(response: Response): Promise<Step> {
    const offset = response.headers.get("Upload-Offset");
    if (response.ok && offset !== null) return { kind: "at", offset: Number(offset) };
    const { code, limit } = await readRefusal(response);
    switch (code) {
      case null:
      case "internal":
      case "busy":
      case "rate_limited":
        return { kind: "lost" };
      case "file_moved":
        return { kind: "ask" };
      case "unknown_file":
        return { kind: "gone" };
      default:
        return { kind: "refused", code, limit };
    }
  }

  private async request(init: RequestInit, path = this.address()): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Tus-Resumable", "1.0.0");
    const attempt = new AbortController();
    const giveUp = () => attempt.abort();
    const timer = setTimeout(giveUp, PATIENCE);
    this.signal.addEventListener("abort", giveUp);
    try {
      return await this.ports.fetch(path, { ...init, headers, signal: attempt.signal });
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener("abort", giveUp);
    }
  }

  private address(): string {
    return `${this.ports.path}/${this.file.id}`;
  }
}

/** What the server says it refuses; null: it is not our server that says it. */
async function readRefusal(response: Response) {
  const none = { code: null, limit: null };
  const said: unknown = await response.json().catch(() => null);
  if (typeof said !== "object" || said === null || !("code" in said)) return none;
  if (typeof said.code !== "string") return none;
  const limit = "limit" in said && typeof said.limit === "number" ? said.limit : null;
  return { code: said.code, limit };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
