/** Which addresses media nodes may register with: the patterns of MEDIA_NODES. */

/** scheme, `*.` or nothing, host name or IPv4 address, port or `*`: a host source of W3C CSP 3. */
const PATTERN = /^(https?):\/\/(\*\.)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}|\*))?$/;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: "80", https: "443" };

/** Whether `text` can stand in MEDIA_NODES, e.g. `https://*.media.example.org:8443`. */
export function isNodeOrigin(text: string): boolean {
  return PATTERN.test(text);
}

/** Whether a node at `url`, an origin, may register. */
export function mayRegister(url: string, patterns: readonly string[]): boolean {
  const at = URL.parse(url);
  return at !== null && patterns.some((pattern) => fits(at, pattern));
}

/** What a page may connect to, where nodes like that register: the same and their sockets. */
export function connectSources(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => [pattern, pattern.replace(/^http/, "ws")]);
}

function fits(url: URL, pattern: string): boolean {
  const [, scheme = "", wildcard, host = "", port] = PATTERN.exec(pattern) ?? [];
  if (url.protocol !== `${scheme}:`) return false;
  const wanted = port ?? DEFAULT_PORTS[scheme];
  if (wanted !== "*" && wanted !== (url.port || DEFAULT_PORTS[scheme])) return false;
  return wildcard === undefined ? url.hostname === host : url.hostname.endsWith(`.${host}`);
}
