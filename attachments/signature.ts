/** What a file is by its first bytes. Nothing is opened, unpacked or run. */
import { fileTypeFromBuffer } from "file-type";
import type { Signature } from "../protocol/attachment.ts";

/** Looks at the first bytes of a file; some thousand are enough. */
export async function signatureOf(bytes: Uint8Array): Promise<Signature> {
  return { type: await knownType(bytes), text: isText(bytes) };
}

async function knownType(bytes: Uint8Array): Promise<string | null> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime ?? null;
  } catch {
    // Cut short or malformed: no signature that anybody could rely on.
    return null;
  }
}

/** UTF-8 or, with its mark, UTF-16, without the control characters that no text has. */
function isText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  try {
    // `stream`: the last character may go on in bytes that are not here.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    // deno-lint-ignore no-control-regex -- those are what is looked for
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
  } catch {
    return false;
  }
}
