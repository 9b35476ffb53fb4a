/**
 * Which push services this server sends to. A page names the address, so anything else would let a
 * page make this server call whatever it can reach (SSRF).
 */

/** A push service that may be sent to. */
export type PushHost =
  /** Over HTTPS, on its usual port. `name` is a host, or "*." and a domain. */
  | { readonly kind: "host"; readonly name: string }
  /** On this computer, for tests and gateways. */
  | { readonly kind: "local"; readonly origin: string };

/** The push services of Chrome and Edge, Firefox, Windows, and Safari. */
export const BROWSERS_HOSTS: readonly PushHost[] = [
  "fcm.googleapis.com",
  "updates.push.services.mozilla.com",
  "*.notify.windows.com",
  "web.push.apple.com",
  "*.push.apple.com",
].map((name) => ({ kind: "host", name }));

const HOST_NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Reads one host as a setting names it; null: it is none. */
export function readPushHost(text: string): PushHost | null {
  const url = URL.parse(text);
  if (url !== null && LOOPBACK.test(url.hostname)) {
    return /^https?:$/.test(url.protocol) && url.pathname === "/"
      ? { kind: "local", origin: url.origin }
      : null;
  }
  const name = text.toLowerCase();
  return HOST_NAME.test(name) ? { kind: "host", name } : null;
}

/** Whether messages may be sent to `endpoint`. */
export function maySendTo(endpoint: string, hosts: readonly PushHost[]): boolean {
  const url = URL.parse(endpoint);
  if (url === null || url.username !== "" || url.password !== "") return false;
  return hosts.some((host) => {
    if (host.kind === "local") return url.origin === host.origin;
    if (url.protocol !== "https:" || url.port !== "") return false;
    return host.name.startsWith("*.")
      ? url.hostname.endsWith(host.name.slice(1))
      : url.hostname === host.name;
  });
}
