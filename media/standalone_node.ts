/** A media node alone in its process: serves pages, registers with web processes, drains at its end. */
import type { NodeReport } from "../protocol/media_node.ts";
import type { MediaStatus } from "../protocol/service.ts";
import { LocalGateway, type LocalGatewayOptions } from "./local_gateway.ts";
import { Registrar, type RegistrarOptions } from "./registrar.ts";

/** How a node that runs alone is made. */
export interface StandaloneOptions extends LocalGatewayOptions {
  readonly secret: string;
  readonly id: string;
  readonly registration: Pick<RegistrarOptions, "webUrls" | "url" | "location">;
  /** How long calls have to go elsewhere before the node ends without them, in milliseconds. */
  readonly drainFor: number;
}

/** Why a node may be sent no calls. */
export type NotReady = "draining" | "media" | "not_registered";

/** Prepares itself, and registers, from its making on. */
export class StandaloneNode {
  readonly gateway: LocalGateway;
  readonly #registrar: Registrar;
  readonly #drainFor: number;
  #draining = false;

  constructor({ registration, drainFor, ...options }: StandaloneOptions) {
    this.#drainFor = drainFor;
    this.gateway = new LocalGateway(options);
    this.#registrar = new Registrar({
      ...registration,
      secret: options.secret,
      id: options.id,
      state: () => this.#state(),
      load: () => this.gateway.load(),
    });
    // What changes is told at once; what it is, the report finds out itself.
    this.gateway.onStatus(() => void this.#registrar.report());
  }

  /** Whether calls can be made here. */
  status(): MediaStatus {
    return this.gateway.status();
  }

  /** Null: it may be sent calls. */
  get notReady(): NotReady | null {
    if (this.#draining) return "draining";
    if (this.status().state !== "ready") return "media";
    return this.#registrar.registered === "ready" ? null : "not_registered";
  }

  /** Takes no new calls, has those it carries go to other nodes if there are any, then ends. */
  async drain(): Promise<void> {
    this.#draining = true;
    await this.#registrar.report();
    if (this.#registrar.others > 0) await this.#emptied();
    await this.close();
  }

  /** Ends at once; pages are told to come back. Idempotent. */
  async close(): Promise<void> {
    await this.#registrar.close();
    await this.gateway.close();
  }

  async #emptied(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#drainFor);
    await Promise.race([this.gateway.empty(), late]);
    clearTimeout(timer);
  }

  #state(): NodeReport["state"] {
    return this.#draining ? "draining" : this.status().state;
  }
}
