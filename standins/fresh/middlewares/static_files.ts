import { ASSET_CACHE_BUST_KEY } from "../asset.ts";
import { BUILD_ID } from "../build_id.ts";
import { getInternals } from "../context.ts";
import type { Middleware } from "../handlers.ts";

/** The path as builds name files: every part percent-encoded the same way; null if malformed. */
function canonicalPath(pathname: string): string | null {
  try {
    const parts = decodeURIComponent(pathname).split("/").filter(Boolean);
    return "/" + parts.map(encodeURIComponent).join("/");
  } catch {
    return null;
  }
}

/** Serves the static folder and the built scripts; anything else goes on to the routes. */
export function staticFiles<T>(): Middleware<T> {
  return async (ctx) => {
    const { req, url, config } = ctx;
    const pathname = canonicalPath(url.pathname.slice(config.basePath.length));
    if (pathname === null || pathname === "/") return await ctx.next();
    const file = await getInternals(ctx).cache.readFile(pathname);
    if (file === null) {
      if (pathname === "/favicon.ico") return new Response(null, { status: 404 });
      return await ctx.next();
    }
    const answer = (status: number, headers?: HeadersInit) => {
      file.close();
      return new Response(status === 405 ? "Method Not Allowed" : null, { status, headers });
    };
    if (req.method !== "GET" && req.method !== "HEAD") return answer(405);

    const pinned = url.searchParams.get(ASSET_CACHE_BUST_KEY);
    if (pinned !== null && pinned !== BUILD_ID) {
      url.searchParams.delete(ASSET_CACHE_BUST_KEY);
      return answer(307, { location: url.pathname + url.search });
    }
    const headers = new Headers({ "Content-Type": file.contentType, vary: "If-None-Match" });
    const cached = config.mode !== "development";
    if (cached && file.hash !== null) {
      const known = req.headers.get("If-None-Match");
      if (known === file.hash || known === `W/"${file.hash}"`) return answer(304, headers);
      headers.set("Etag", `W/"${file.hash}"`);
    }
    const permanent = pinned !== null ||
      url.pathname.startsWith(`${config.basePath}/_fresh/js/${BUILD_ID}/`);
    headers.set(
      "Cache-Control",
      cached && permanent
        ? "public, max-age=31536000, immutable"
        : "no-cache, no-store, max-age=0, must-revalidate",
    );
    headers.set("Content-Length", String(file.size));
    return req.method === "HEAD" ? answer(200, headers) : new Response(file.readable, { headers });
  };
}
