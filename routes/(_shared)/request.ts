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

/**
 * The network a request comes from, as far as it can be believed: an IPv4 address, or the 64 leading
 * bits of an IPv6 address, of which one customer has all the others (RFC 6177).
 */
export function clientAddress(ctx: Pick<Context<State>, "req" | "info" | "state">): string {
  if (ctx.state.services.config.trustProxy) {
    // The nearest proxy appends what it saw; whatever stands before that, anybody may have written.
    const seen = ctx.req.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (seen) return network(seen.slice(0, 64));
  }
  const address = ctx.info.remoteAddr;
  return "hostname" in address ? network(address.hostname) : "local";
}

function network(address: string): string {
  const bare = address.replace(/^\[|\](:\d+)?$/g, "");
  // The URL parser writes every IPv6 address in its one shortest form (RFC 5952).
  const shortest = bare.includes(":") ? URL.parse(`http://[${bare}]`)?.hostname.slice(1, -1) : null;
  if (!shortest) return address;
  const [head = "", tail] = shortest.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const all = [...groups, ...Array<string>(8 - groups.length - rest.length).fill("0"), ...rest];
  // ::ffff:0:0/96 is IPv4 in IPv6's clothes: there the last two groups are the address.
  const mapped = all.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  return mapped ? all.join(":") : `${all.slice(0, 4).join(":")}::/64`;
}

/** A path of this server, never another site's address; `otherwise` where none was given. */
export function localPath(wanted: string | null, otherwise: string): string {
  const here = "http://here.invalid";
  const url = wanted === null ? null : URL.parse(wanted, here);
  const inside = wanted !== "" && url !== null && url.origin === here;
  // "/.//evil.example" is a path here, but what is left of it, "//evil.example", names a host.
  if (!inside || url.pathname.startsWith("//")) return otherwise;
  return url.pathname + url.search + url.hash;
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
