/** A TURN server (RFC 8656) for the tests: coturn. */
import { aptInstall, ensureProgram, findProgram, type SystemProgram } from "./system_package.ts";

const COTURN: SystemProgram = {
  what: "coturn, a TURN server,",
  variable: "TURNSERVER_BIN",
  names: ["turnserver"],
  // The package also starts a service of the machine's own, which nobody asked for.
  install: `${aptInstall("coturn")}; systemctl disable --now coturn 2>/dev/null; true`,
};

/** The path of coturn: TURNSERVER_BIN, or the first on PATH; null: there is none. */
export function findTurnServer(): Promise<string | null> {
  return findProgram(COTURN);
}

/** Installs coturn where there is none. Throws a sentence that says what to do by hand. */
export function ensureTurnServer(say: (line: string) => void): Promise<string> {
  return ensureProgram(COTURN, say);
}
