/** The power of a machine, which can be cut: only what had reached the disk is there afterwards. */
import { findTracer } from "../../../tasks/tracer.ts";
import { until } from "../../support/waiting.ts";
import type { Dice } from "../dice.ts";
import { Platter } from "./platter.ts";
import { type Bytes, type Happening, LONGEST_STRING, TRACED, TraceReader } from "./trace.ts";

const tracer = await findTracer();
if (tracer === null) {
  console.log(
    "Nobody cuts the power: there is no strace, or it may not trace here (ptrace is not allowed).",
  );
}
/** Whether the power can be cut here. */
export const CAN_CUT: boolean = tracer !== null;

/** What a disk may do that no disk should: says that it has synced, and has not. */
export const LIES = ["-e", "inject=fsync,fdatasync:retval=0"] as const;

/** The power of a program with one database; its folder holds nothing else that matters. */
export class Power {
  /** The command that becomes the program, so that what it does is known. */
  readonly before: readonly string[];
  readonly #folder: string;
  readonly #log: string;
  #platter: Platter;
  #reader: TraceReader;
  /** How much of the log is known, in bytes. */
  #read = 0;

  private constructor(folder: string, log: string, how: readonly string[], files: Files) {
    this.#folder = folder;
    this.#log = log;
    this.before = [
      // Beside the program, not above it: its process is the one that is started here.
      ...[tracer ?? "strace", "-D", "-f", "--seccomp-bpf", "-q", "-yy", "-A", "-o", log],
      ...["-s", String(LONGEST_STRING), "-e", `trace=${TRACED}`],
      ...how,
    ];
    this.#platter = new Platter(folder, files);
    this.#reader = new TraceReader(folder);
  }

  /**
   * Of a program whose database is in `folder`, which nobody else writes to meanwhile; what is there
   * is on the disk. `how`: more for strace, as {@link LIES}.
   */
  static async of(folder: string, log: string, how: readonly string[] = []): Promise<Power> {
    await Deno.writeTextFile(log, "");
    const place = await Deno.realPath(folder);
    return new Power(place, log, how, await filesIn(place));
  }

  /**
   * Puts into the folder what is there when the power comes back. The program has just been killed:
   * the power was cut when its last packet had left, or somewhat later.
   */
  async cut(dice: Dice, pid: number): Promise<void> {
    const happened = await this.#happened(pid);
    const last = happened.findLastIndex(({ kind }) => kind === "send");
    const end = dice.next() < 0.5 ? last : dice.between(last, happened.length - 1);
    for (const happening of happened.slice(0, end + 1)) this.#platter.happen(happening);
    const left = this.#platter.cut(dice);
    for (const path of (await filesIn(this.#folder)).keys()) await Deno.remove(path);
    for (const [path, bytes] of left) await Deno.writeFile(path, bytes);
    this.#platter = new Platter(this.#folder, left);
    this.#reader = new TraceReader(this.#folder);
  }

  /** All that happened since the last time. */
  async #happened(pid: number): Promise<Happening[]> {
    const over = new RegExp(`^${pid} +\\+\\+\\+ `, "m");
    let rest = "";
    await until("strace has seen the program end", async () => {
      rest = await this.#rest();
      return over.test(rest);
    }, (seen) => seen);
    this.#read += rest.length;
    return this.#reader.read(rest.split("\n"));
  }

  async #rest(): Promise<string> {
    using file = await Deno.open(this.#log);
    await file.seek(this.#read, Deno.SeekMode.Start);
    return await new Response(file.readable).text();
  }
}

type Files = ReadonlyMap<string, Bytes>;

async function filesIn(folder: string): Promise<Map<string, Bytes>> {
  const files = new Map<string, Bytes>();
  for await (const { name, isFile } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isFile) files.set(path, await Deno.readFile(path));
  }
  return files;
}
