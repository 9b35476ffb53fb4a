/** What several routes ask of a request. */
import type { Context } from "fresh";
import type { State } from "../../app.ts";

/** The most a form or JSON request may hold, in bytes. */
const MAX_BODY = 16 * 1024;

/** Where links to this server start, without a final slash. */
export function linkBase(ctx: Pick<Context<State>, "url" | "state">): string {
  return ctx.state.services.config.publicUrl ?? ctx.url.origin;
}

/** Whether cookies travel over HTTPS only; behind a proxy, PUBLIC_URL tells. */
export function secureCookies(ctx: Pick<Context<State>, "url" | "state">): boolean {
  if (ctx.url.protocol === "https:") return true;
  const { publicUrl } = ctx.state.services.config;
  const behind = publicUrl === null ? null : new URL(publicUrl);
  return behind !== null && behind.protocol === "https:" && behind.host === ctx.url.host;
}

/** The network address a request comes from, as far as it can be believed. */
export function clientAddress(ctx: Pick<Context<State>, "req" | "info" | "state">): string {
  if (ctx.state.services.config.trustProxy) {
    // The nearest proxy appends what it saw; whatever stands before that, anybody may have written.
    const seen = ctx.req.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (seen) return seen.slice(0, 64);
  }
  const address = ctx.info.remoteAddr;
  return "hostname" in address ? address.hostname : "local";
}

/** A form's fields by name; a missing one is "". Null: not a form, or too large. */
export async function readForm(request: Request): Promise<((field: string) => string) | null> {
  const body = await readBody(request);
  if (body === null) return null;
  try {
    const form = await body.formData();
    return (field) => {
      const value = form.get(field);
      return typeof value === "string" ? value : "";
    };
  } catch {
    return null;
  }
}

/** What a JSON request holds, unchecked; undefined: no JSON, or too large. */
export async function readJson(request: Request): Promise<unknown> {
  const body = await readBody(request);
  try {
    return await body?.json();
  } catch {
    return undefined;
  }
}

/** The whole body; null: larger than {@link MAX_BODY}. */
async function readBody(request: Request): Promise<Response | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY) return null;
    chunks.push(chunk);
  }
  const type = request.headers.get("content-type") ?? "";
  return new Response(new Blob(chunks), { headers: { "content-type": type } });
}
