/** A real TURN server for one test: coturn on the loopback address, with a configuration of its own. */
import { generate } from "selfsigned";
import { findTurnServer } from "../../tasks/turn_server.ts";
import { freePort } from "../e2e/server.ts";

/** How often it is asked whether it listens, in milliseconds, and how many times. */
const LOOK_AGAIN = 50;
const LOOKS = 200;

/** What a test may want otherwise. */
export interface TurnServerOptions {
  /** Short-lived credentials made with this secret are good. Default: those of one user. */
  readonly secret?: string;
  /** The address packets to the media node come from. */
  readonly relayIp?: string;
}

/** coturn in a process of its own; disposing of it ends that. */
export class TurnServer implements AsyncDisposable {
  /** Where it takes pages by UDP and TCP, and by TLS. */
  readonly port = freePort();
  readonly tlsPort = freePort();
  readonly #folder: string;
  #child: Deno.ChildProcess | null = null;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Starts it and waits until it listens. */
  static async start(options: TurnServerOptions = {}): Promise<TurnServer> {
    const server = new TurnServer(await Deno.makeTempDir({ prefix: "live-support-turn-" }));
    await server.#configure(options);
    await server.restart();
    return server;
  }

  /** The value of MEDIA_ICE_SERVERS that leads to it. */
  get iceServers(): string {
    const urls = [`turn:127.0.0.1:${this.port}?transport=udp`];
    return JSON.stringify([{ urls, username: "device", credential: "secret" }]);
  }

  /** Ends it, and with it all relays it holds open. Idempotent. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    child?.kill("SIGKILL");
    await child?.status;
  }

  /** Starts it again where it was. */
  async restart(): Promise<void> {
    await this.stop();
    this.#child = new Deno.Command(await findTurnServer() ?? "turnserver", {
      args: ["-c", `${this.#folder}/turnserver.conf`],
      stdout: "null",
      stderr: "null",
    }).spawn();
    await this.#listens();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #configure({ secret, relayIp = "127.0.0.1" }: TurnServerOptions): Promise<void> {
    const folder = this.#folder;
    const configuration = [
      "listening-ip=127.0.0.1",
      `relay-ip=${relayIp}`,
      `listening-port=${this.port}`,
      `tls-listening-port=${this.tlsPort}`,
      `cert=${folder}/certificate.pem`,
      `pkey=${folder}/key.pem`,
      "min-port=40000",
      "max-port=40099",
      "realm=live-support.test",
      ...secret === undefined
        ? ["user=device:secret", "lt-cred-mech"]
        : ["use-auth-secret", `static-auth-secret=${secret}`],
      "fingerprint",
      // The media node of a test is on this machine.
      "allow-loopback-peers",
      "cli-password=unused",
      "no-cli",
      "no-dtls",
      "no-multicast-peers",
      "log-file=stdout",
      `pidfile=${folder}/pid`,
      `userdb=${folder}/users.sqlite`,
    ].join("\n");
    const { cert, private: key } = await generate([{ name: "commonName", value: "127.0.0.1" }]);
    await Deno.writeTextFile(`${folder}/certificate.pem`, cert);
    await Deno.writeTextFile(`${folder}/key.pem`, key);
    await Deno.writeTextFile(`${folder}/turnserver.conf`, `${configuration}\n`);
  }

  async #listens(): Promise<void> {
    for (let look = 0; look < LOOKS; look++) {
      try {
        for (const port of [this.port, this.tlsPort]) {
          (await Deno.connect({ hostname: "127.0.0.1", port })).close();
        }
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
      }
    }
    await this[Symbol.asyncDispose]();
    throw new Error("coturn does not listen");
  }
}
