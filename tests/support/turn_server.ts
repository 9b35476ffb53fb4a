/** A real TURN server for one test: coturn, with a configuration of its own. */
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
  /** Where it runs. Default: on this machine, at its loopback address and any free port. */
  readonly on?: TurnHost;
}

/** A computer of a test's own. */
export interface TurnHost {
  readonly address: string;
  readonly tlsPort: number;
  /** The start of a command that runs there. */
  readonly command: readonly string[];
  /** Whether something there takes TCP connections on that port. */
  listens(port: number): Promise<boolean>;
}

/** This machine, as pages on it see it. */
function thisMachine(): TurnHost {
  const address = "127.0.0.1";
  const listens = async (port: number) => {
    try {
      (await Deno.connect({ hostname: address, port })).close();
      return true;
    } catch {
      return false;
    }
  };
  return { address, tlsPort: freePort(), command: [], listens };
}

/** coturn in a process of its own; disposing of it ends that. */
export class TurnServer implements AsyncDisposable {
  /** Where it takes pages by UDP and TCP, and by TLS. */
  readonly port = freePort();
  readonly tlsPort: number;
  readonly #folder: string;
  readonly #host: TurnHost;
  #child: Deno.ChildProcess | null = null;

  private constructor(folder: string, host: TurnHost) {
    this.#folder = folder;
    this.#host = host;
    this.tlsPort = host.tlsPort;
  }

  /** Starts it and waits until it listens. */
  static async start(options: TurnServerOptions = {}): Promise<TurnServer> {
    const folder = await Deno.makeTempDir({ prefix: "live-support-turn-" });
    const server = new TurnServer(folder, options.on ?? thisMachine());
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
    const coturn = await findTurnServer() ?? "turnserver";
    const command = [...this.#host.command, coturn, "-c", `${this.#folder}/turnserver.conf`];
    const [program = "", ...args] = command;
    this.#child = new Deno.Command(program, {
      args,
      stdout: "null",
      stderr: "null",
    }).spawn();
    await this.#listens();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #configure({ secret, relayIp }: TurnServerOptions): Promise<void> {
    const folder = this.#folder;
    const { address } = this.#host;
    const configuration = [
      `listening-ip=${address}`,
      `relay-ip=${relayIp ?? address}`,
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
    const { cert, private: key } = await generate([{ name: "commonName", value: address }]);
    await Deno.writeTextFile(`${folder}/certificate.pem`, cert);
    await Deno.writeTextFile(`${folder}/key.pem`, key);
    await Deno.writeTextFile(`${folder}/turnserver.conf`, `${configuration}\n`);
  }

  async #listens(): Promise<void> {
    for (let look = 0; look < LOOKS; look++) {
      const ports = [this.port, this.tlsPort];
      const listening = await Promise.all(ports.map((port) => this.#host.listens(port)));
      if (listening.every((listens) => listens)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    }
    await this[Symbol.asyncDispose]();
    throw new Error("coturn does not listen");
  }
}
