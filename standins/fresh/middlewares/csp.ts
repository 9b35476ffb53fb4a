import type { Middleware } from "../handlers.ts";

/** What `csp()` takes. */
export interface CSPOptions {
  /** Only report breaches. */
  reportOnly?: boolean;
  /** Address reports go to. */
  reportTo?: string;
  /** Directives to add; one of the same name replaces the default. */
  csp?: string[];
  /** Allow inline scripts and styles by the page's nonce instead of altogether. */
  useNonce?: boolean;
}

/** Where a rendered response carries its nonce; never sent as a header. */
export const NONCE: unique symbol = Symbol.for("__freshNonce");

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

const TAKES_NONCE =
  /^(?:default-src|script-src|style-src|script-src-elem|style-src-elem|style-src-attr) /;

/** Sets the Content-Security-Policy of every response. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly = false, reportTo, csp: own = [], useNonce = false } = options;
  const nameOf = (directive: string) => directive.split(" ", 1)[0];
  const replaced = new Set(own.map(nameOf));
  const directives = [...DEFAULTS.filter((it) => !replaced.has(nameOf(it))), ...own];
  if (reportTo) directives.push("report-to csp-endpoint", `report-uri ${reportTo}`);
  const header = `Content-Security-Policy${reportOnly ? "-Report-Only" : ""}`;

  return async (ctx) => {
    const response = await ctx.next();
    const nonce: unknown = useNonce ? Reflect.get(response, NONCE) : undefined;
    const policy = directives.map((directive) =>
      nonce && TAKES_NONCE.test(directive)
        ? directive.replaceAll("'unsafe-inline'", `'nonce-${nonce}'`)
        : directive
    );
    response.headers.set(header, policy.join("; "));
    if (reportTo) response.headers.set("Reporting-Endpoints", `csp-endpoint="${reportTo}"`);
    return response;
  };
}
