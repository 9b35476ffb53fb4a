/** Takes the bytes of an upload as they come and stores them piece by piece. */
import { type AttachmentPolicy, checkType, type FileRefusal } from "../protocol/attachment.ts";
import { type AttachmentStore, type Pass, PIECE, type Upload } from "../store/attachments.ts";
import { signatureOf } from "./signature.ts";

/**
 * A network that brings nothing for so long, in milliseconds, is dead; whoever only reads is not told.
 * The page waits as long for an answer (client/attach/upload.ts).
 */
export const SILENCE_MS = 30_000;

/** What receiving works with. */
export interface ReceivingPorts {
  readonly attachments: AttachmentStore;
  readonly policy: Pick<AttachmentPolicy, "kinds">;
  /** Milliseconds since the epoch. */
  now(): number;
  /** {@link SILENCE_MS}. */
  readonly silence: number;
}

/**
 * Stores what `body` brings, from the upload's offset on. Only full pieces, and the last one, are
 * kept: what is cut off in mid-piece comes again. At most one piece is held in memory. Answers how
 * far the upload is; a code: it goes no further.
 */
export async function receive(
  ports: ReceivingPorts,
  pass: Pass,
  upload: Upload,
  body: ReadableStream<Uint8Array>,
): Promise<Upload | FileRefusal> {
  const reader = body.getReader();
  const piece = new Uint8Array(PIECE);
  let [now, filled] = [upload, 0];
  for (;;) {
    // The network may go: then the page asks how far the upload is, and goes on from there.
    const bytes = await nextBytes(reader, ports.silence);
    if (bytes === undefined) return now;
    for (let taken = 0; taken < bytes.length;) {
      const wanted = Math.min(PIECE, now.size - now.offset);
      if (wanted === 0) return "file_too_large";
      const some = bytes.subarray(taken, taken + wanted - filled);
      piece.set(some, filled);
      taken += some.length;
      filled += some.length;
      if (filled < wanted) continue;
      const next = await store(ports, pass, now, piece.slice(0, wanted));
      if (typeof next === "string") return next;
      [now, filled] = [next, 0];
    }
  }
}

/** Undefined: there are no more, or the network is gone. */
async function nextBytes(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  silence: number,
): Promise<Uint8Array | undefined> {
  const giveUp = setTimeout(() => reader.cancel().catch(() => {}), silence);
  try {
    return (await reader.read()).value;
  } catch {
    return undefined;
  } finally {
    clearTimeout(giveUp);
  }
}

/** The first piece is looked at before it is kept; a file that is refused leaves nothing. */
async function store(
  { attachments, policy, now }: ReceivingPorts,
  pass: Pass,
  upload: Upload,
  piece: Uint8Array<ArrayBuffer>,
): Promise<Upload | FileRefusal> {
  if (upload.type !== null) return await attachments.add(pass, upload, piece, upload.type, now());
  const checked = checkType(upload, await signatureOf(piece), policy.kinds);
  if (checked.ok) return await attachments.add(pass, upload, piece, checked.type, now());
  await attachments.remove(pass, upload.id);
  return checked.code;
}
