/** A balancer in front of several web processes: Debian's haproxy, and how it is set up. */
import { aptInstall, ensureProgram, findProgram, type SystemProgram } from "./system_package.ts";

const HAPROXY: SystemProgram = {
  what: "haproxy, a balancer,",
  variable: "HAPROXY_BIN",
  names: ["haproxy"],
  // The package also starts a service of the machine's own, which nobody asked for.
  install: `${aptInstall("haproxy")}; systemctl disable --now haproxy 2>/dev/null; true`,
};

/** The path of haproxy: HAPROXY_BIN, or the first on PATH; null: there is none. */
export function findBalancer(): Promise<string | null> {
  return findProgram(HAPROXY);
}

/** Installs haproxy where there is none. Throws a sentence that says what to do by hand. */
export function ensureBalancer(say: (line: string) => void): Promise<string> {
  return ensureProgram(HAPROXY, say);
}

/** Where it listens and what stands behind it: ports of this machine. */
export interface Balanced {
  readonly port: number;
  readonly web: readonly number[];
}

/**
 * haproxy's configuration; docs/DEPLOY.md says why each line is there. A process that answers /readyz
 * with 503 gets nobody new and keeps whom it has; one that does not answer at all loses its pages to
 * the others.
 */
export function balancerConfig({ port, web }: Balanced): string {
  const servers = web.map((to, at) => `  server web${at + 1} 127.0.0.1:${to}`);
  return `global
  stats timeout 10s

defaults
  mode http
  timeout connect 500ms
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
  timeout check 2500ms
  retries 3
  option redispatch 1
  retry-on conn-failure

frontend pages
  bind 127.0.0.1:${port}
  option forwardfor
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[req.hdr(Host)]
  default_backend web

backend web
  balance leastconn
  option httpchk
  http-check send meth GET uri /readyz
  http-check expect status 200 error-status L7OKC
  default-server check inter 500ms fall 1 rise 1 on-marked-down shutdown-sessions
  default-server observe layer4 error-limit 1 on-error mark-down
${servers.join("\n")}
`;
}
