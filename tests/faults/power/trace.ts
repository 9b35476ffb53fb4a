/**
 * What strace wrote down of a program (`strace -f -yy`), read as what happened to its files and what
 * left by its sockets. Pure.
 */

/** Something that happened, in the order in which it was over. */
export type Happening =
  | {
    readonly kind: "write";
    readonly path: string;
    readonly offset: number;
    readonly bytes: Bytes;
  }
  | { readonly kind: "resize"; readonly path: string; readonly size: number }
  | { readonly kind: "create"; readonly path: string }
  | { readonly kind: "remove"; readonly path: string }
  /** What was over before the `since`th happening is on the disk: the sync began there. */
  | { readonly kind: "sync"; readonly path: string; readonly since: number }
  /** Bytes may leave from here on. */
  | { readonly kind: "send" };

/** Bytes of a file. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What strace has to be asked for. What is missing here could only make files look less durable. */
export const TRACED =
  "openat,pwrite64,ftruncate,unlink,fsync,fdatasync,sendto,sendmsg,writev,sendmmsg";

/** More than SQLite writes at once, in bytes. */
export const LONGEST_STRING = 70_000;

const SENDS = new Set(["sendto", "sendmsg", "sendmmsg", "writev"]);

/** Reads lines of a trace, in as many parts as it comes in. */
export class TraceReader {
  readonly #folder: string;
  /** Calls of which only the beginning is known, by thread. */
  readonly #begun = new Map<string, { readonly text: string; readonly since: number }>();
  #happened = 0;

  /** What happens to files that are not right in `folder` is left out. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws on a line that says less than is needed. */
  read(lines: readonly string[]): Happening[] {
    const all: Happening[] = [];
    for (const line of lines) {
      const happening = this.#readLine(line);
      if (happening === null) continue;
      all.push(happening);
      this.#happened++;
    }
    return all;
  }

  #readLine(line: string): Happening | null {
    const [, thread = "", said = ""] = /^(\d+) +(.*)$/s.exec(line) ?? [];
    if (said.endsWith("<unfinished ...>")) {
      this.#begun.set(thread, { text: said.slice(0, -16).trimEnd(), since: this.#happened });
      return isSend(said) ? { kind: "send" } : null;
    }
    const [, rest] = /^<\.\.\. \w+ resumed>(.*)$/s.exec(said) ?? [];
    if (rest === undefined) {
      return isSend(said) ? { kind: "send" } : this.#call(said, this.#happened);
    }
    const begun = this.#begun.get(thread);
    this.#begun.delete(thread);
    if (begun === undefined || isSend(begun.text)) return null;
    return this.#call(begun.text + rest, begun.since);
  }

  /** A call that is over and did what it was asked; what strace kept from happening did not. */
  #call(said: string, since: number): Happening | null {
    const [, name = "", args = "", result = "", note = ""] =
      /^(\w+)\((.*)\) += (-?\d+|\?)(.*)$/s.exec(said) ?? [];
    if (result.startsWith("-") || result === "?" || note.includes("INJECTED")) return null;
    const path = pathIn(name, args);
    const here = path === this.#folder || path.startsWith(`${this.#folder}/`);
    return here ? happening(name, path, args, result, since) : null;
  }
}

function isSend(said: string): boolean {
  const name = said.slice(0, said.indexOf("("));
  return SENDS.has(name) && /^\w+\(\d+<TCP/.test(said);
}

/** The file a call is about. */
function pathIn(name: string, args: string): string {
  const [, path] = /^\d+<([^>]*)>/.exec(args) ?? [];
  const [, named] = (name === "unlink" ? /^"([^"]*)"/ : /^[^,]*, "([^"]*)"/).exec(args) ?? [];
  return path ?? named ?? "";
}

function happening(
  name: string,
  path: string,
  args: string,
  result: string,
  since: number,
): Happening | null {
  switch (name) {
    case "pwrite64":
      return written(path, args, Number(result));
    case "ftruncate":
      return { kind: "resize", path, size: Number(args.slice(args.lastIndexOf(",") + 1)) };
    case "fsync":
    case "fdatasync":
      return { kind: "sync", path, since };
    case "openat":
      return args.includes("O_CREAT") ? { kind: "create", path } : null;
    case "unlink":
      return { kind: "remove", path };
    default:
      return null;
  }
}

function written(path: string, args: string, length: number): Happening {
  const [, text, offset] = /^[^"]*"(.*)", \d+, (\d+)$/s.exec(args) ?? [];
  if (text === undefined) throw new Error(`the trace is cut short: ${args.slice(-60)}`);
  const bytes = unescaped(text).subarray(0, length);
  if (bytes.length < length) throw new Error(`${bytes.length} bytes of ${length} are in the trace`);
  return { kind: "write", path, offset: Number(offset), bytes };
}

const ESCAPES: Readonly<Record<string, number>> = {
  ...{ n: 10, t: 9, r: 13, v: 11, f: 12 },
  ...{ '"': 34, "\\": 92 },
};
const ZERO = 48;
const SEVEN = 55;

/** A string as strace quotes it, which is C's way: up to three octal digits for what is no letter. */
function unescaped(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "\\") {
      bytes[length++] = text.charCodeAt(at);
      continue;
    }
    const special = ESCAPES[text[++at] ?? ""];
    if (special !== undefined) {
      bytes[length++] = special;
      continue;
    }
    let value = 0;
    for (const end = at + 3; at < end; at++) {
      const digit = text.charCodeAt(at);
      if (!(digit >= ZERO && digit <= SEVEN)) break;
      value = value * 8 + digit - ZERO;
    }
    at--;
    bytes[length++] = value;
  }
  return bytes.slice(0, length);
}
