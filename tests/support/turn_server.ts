/** A real TURN server for one test: coturn on the loopback address, with a configuration of its own. */
import { findTurnServer } from "../../tasks/turn_server.ts";
import { freePort } from "../e2e/server.ts";

/** How often it is asked whether it listens, in milliseconds, and how many times. */
const LOOK_AGAIN = 50;
const LOOKS = 200;

/** coturn in a process of its own; disposing of it ends that. */
export class TurnServer implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  #stopped = false;

  private constructor(child: Deno.ChildProcess, folder: string, readonly port: number) {
    this.#child = child;
    this.#folder = folder;
  }

  /** Starts it and waits until it listens. */
  static async start(): Promise<TurnServer> {
    const folder = await Deno.makeTempDir({ prefix: "live-support-turn-" });
    const port = freePort();
    const configuration = [
      "listening-ip=127.0.0.1",
      "relay-ip=127.0.0.1",
      `listening-port=${port}`,
      "min-port=40000",
      "max-port=40099",
      "realm=live-support.test",
      "user=device:secret",
      "lt-cred-mech",
      "fingerprint",
      // The media node of a test is on this machine.
      "allow-loopback-peers",
      "cli-password=unused",
      "no-cli",
      "no-tls",
      "no-dtls",
      "no-multicast-peers",
      "log-file=stdout",
      `pidfile=${folder}/pid`,
      `userdb=${folder}/users.sqlite`,
    ].join("\n");
    await Deno.writeTextFile(`${folder}/turnserver.conf`, `${configuration}\n`);
    const child = new Deno.Command(await findTurnServer() ?? "turnserver", {
      args: ["-c", `${folder}/turnserver.conf`],
      stdout: "null",
      stderr: "null",
    }).spawn();
    const server = new TurnServer(child, folder, port);
    await server.#listens();
    return server;
  }

  /** The value of MEDIA_ICE_SERVERS that leads to it. */
  get iceServers(): string {
    const urls = [`turn:127.0.0.1:${this.port}?transport=udp`];
    return JSON.stringify([{ urls, username: "device", credential: "secret" }]);
  }

  /** Ends it. Idempotent. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#child.kill("SIGKILL");
    await this.#child.status;
    await Deno.remove(this.#folder, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #listens(): Promise<void> {
    for (let look = 0; look < LOOKS; look++) {
      try {
        const connection = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
        return connection.close();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
      }
    }
    await this.stop();
    throw new Error("coturn does not listen");
  }
}
