/** A session of two signed-in browsers, and uploads to it, request by request. */
import { assert } from "@std/assert";
import { isRejection } from "../../protocol/errors.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { startSession } from "../../protocol/session.ts";
import { SessionStore } from "../../store/sessions.ts";
import { addDevice, Browser } from "./browser.ts";
import type { TestApp } from "./test_app.ts";

/** A session that rings, in the store, and the two browsers of it. */
export interface AttachedSession {
  readonly id: string;
  readonly technician: Browser;
  readonly phone: Browser;
  /** Where files of each side are. */
  readonly path: Readonly<Record<"technician" | "device", string>>;
  /** Ends it as the technician would. */
  end(): Promise<void>;
}

/** Begins a session of `technician` with a new device named `name`. */
export async function attachedSession(
  app: TestApp,
  technician: Browser,
  name: string,
): Promise<AttachedSession> {
  const { id: device, path } = await addDevice(technician, name);
  const phone = new Browser(app);
  await phone.post(path);
  const [account] = await app.stores.technicians.list();
  assert(account !== undefined);
  const id = `session-with-${name}`;
  const session = startSession(
    { id, device: { id: device, name }, technician: { id: account.id, name: "Ada" }, client: "c1" },
    { now: 1, available: EVERYTHING_ON, node: null, ringFor: 1000 },
  );
  assert(!isRejection(session));
  const store = new SessionStore(app.kv);
  const started = await store.start(session);
  assert(started.kind === "started");
  return {
    id,
    technician,
    phone,
    path: {
      technician: `/api/attachments/technician/${id}`,
      device: `/api/attachments/device/${id}`,
    },
    end: async () => assert(await store.end(started.version, session)),
  };
}

/** Announces a file (tus, creation). */
export function announce(
  browser: Browser,
  path: string,
  file: { readonly name: string; readonly type?: string; readonly size: number; id?: string },
): Promise<Response> {
  const base64 = (text: string) => new TextEncoder().encode(text).toBase64();
  const metadata = [`filename ${base64(file.name)}`];
  if (file.type !== undefined) metadata.push(`filetype ${base64(file.type)}`);
  if (file.id !== undefined) metadata.push(`id ${base64(file.id)}`);
  return browser.send(path, {
    method: "POST",
    headers: { "upload-length": String(file.size), "upload-metadata": metadata.join(",") },
  });
}

/** Sends bytes from `offset` on (tus, PATCH). */
export function patch(
  browser: Browser,
  path: string,
  offset: number,
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
): Promise<Response> {
  return browser.send(path, {
    method: "PATCH",
    headers: {
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
    },
    body,
  });
}

/** Announces and sends a file; where it is. */
export async function upload(
  browser: Browser,
  path: string,
  file: { readonly name: string; readonly type?: string; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<string> {
  const created = await announce(browser, path, { ...file, size: file.bytes.length });
  const location = created.headers.get("location");
  assert(location !== null, await created.text());
  const sent = await patch(browser, location, 0, file.bytes);
  assert(sent.status === 204, await sent.text());
  return location;
}

/** Bytes of a PNG picture, followed by noise up to `size`. */
export function pngOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  // Signature and the chunks IHDR and IDAT of a picture of one pixel (W3C PNG, 5.2).
  bytes.set(
    Uint8Array.fromHex(
      "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360",
    ),
  );
  return bytes;
}
