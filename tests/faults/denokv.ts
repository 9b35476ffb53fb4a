/** A KV Connect server for one product or several: denokv, where there is one, and what can happen to it. */
import { Part } from "../../tasks/cluster_part.ts";
import { freePort } from "../e2e/server.ts";
import type { Dice } from "./dice.ts";
import { CAN_CUT, Power } from "./power/power.ts";
import { forgetClock, LETS_WRITES_FAIL, limitFiles } from "./product.ts";

const TOKEN = "only for this test";

/** What it is started with. */
export interface DenokvOptions {
  readonly program: string;
  /** More variables of its process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it does to its disk is written down, so that its power can be cut: where that is possible. */
  readonly powered?: boolean;
}

/** A server on an empty database; disposing of it ends it. */
export class Denokv implements AsyncDisposable {
  readonly url: string;
  readonly #part: Part;
  readonly #folder: string;
  readonly #power: Power | null;

  private constructor(url: string, part: Part, folder: string, power: Power | null) {
    this.url = url;
    this.#part = part;
    this.#folder = folder;
    this.#power = power;
  }

  /** Starts one; who opens it, in this process or one that it starts, finds its token. */
  static async start({ program, env = {}, powered = false }: DenokvOptions): Promise<Denokv> {
    const folder = await Deno.makeTempDir({ prefix: "live-support-denokv-" });
    await Deno.mkdir(`${folder}/database`);
    const power = powered && CAN_CUT
      ? await Power.of(`${folder}/database`, `${folder}/strace`)
      : null;
    const port = freePort();
    const [command = "", ...before] = [...power?.before ?? [], ...LETS_WRITES_FAIL, program];
    Deno.env.set("DENO_KV_ACCESS_TOKEN", TOKEN);
    const part = new Part({
      name: "denokv",
      command,
      args: [
        ...[...before, "--sqlite-path", `${folder}/database/kv.sqlite`],
        ...["serve", "--addr", `127.0.0.1:${port}`],
      ],
      env,
      ready: async () => {
        (await Deno.connect({ hostname: "127.0.0.1", port })).close();
        return true;
      },
    });
    await part.start();
    return new Denokv(`http://127.0.0.1:${port}`, part, folder, power);
  }

  /** Whether {@link kill} may take what had not reached the disk. */
  get powered(): boolean {
    return this.#power !== null;
  }

  /** It answers nobody until it is thawed. */
  freeze(): void {
    this.#part.freeze();
  }

  /** See {@link freeze}. */
  thaw(): void {
    this.#part.thaw();
  }

  /** It is killed; with `dice` its machine loses its power, too. */
  async kill(dice?: Dice): Promise<void> {
    const { pid } = this.#part;
    await this.#part.kill();
    await forgetClock(pid);
    if (dice !== undefined) await this.#power?.cut(dice, pid);
  }

  /** It is started again, on what is there. */
  async startAgain(): Promise<void> {
    await this.#part.start();
  }

  /** From now on it can write nothing, or everything again. */
  async fillDisk(full: boolean): Promise<void> {
    await limitFiles(this.#part.pid, full ? "1" : "unlimited");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill().catch(() => {});
    await Deno.remove(this.#folder, { recursive: true });
  }
}
