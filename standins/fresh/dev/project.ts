import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

interface DenoConfig {
  name?: string;
  imports?: Record<string, string>;
  links?: string[];
  exports?: string | Record<string, string>;
  compilerOptions?: {
    jsx?: string;
    jsxImportSource?: string;
    jsxPrecompileSkipElements?: string[];
  };
}

/** A folder with a `deno.json`. */
interface Package {
  folder: string;
  config: DenoConfig;
}

/** What an import leads to: a file, or a package in `node_modules`. */
export type Target = { file: string } | { bare: string };

/** Elements whose props the server changes while it renders, so they must not be precompiled. */
const UNCOMPILED = "a img source body html head title meta script link style base noscript template"
  .split(" ");

/** The nearest project around a folder: its `deno.json` and the packages linked into it. */
export class Project {
  readonly #main: Package;
  readonly #linked: Package[];
  /** Package whose JSX runtime the project uses. */
  readonly jsxImportSource: string;

  private constructor(main: Package, linked: Package[]) {
    this.#main = main;
    this.#linked = linked;
    const { jsx, jsxImportSource, jsxPrecompileSkipElements = [] } = main.config.compilerOptions ??
      {};
    if (jsxImportSource === undefined) {
      throw new Error(`compilerOptions.jsxImportSource is not set in ${main.folder}/deno.json`);
    }
    if (jsx === "precompile" && UNCOMPILED.some((it) => !jsxPrecompileSkipElements.includes(it))) {
      throw new Error(
        `compilerOptions.jsxPrecompileSkipElements has to contain: ${UNCOMPILED.join(", ")}`,
      );
    }
    this.jsxImportSource = jsxImportSource;
  }

  /** Finds the project a folder belongs to. */
  static async find(folder: string): Promise<Project> {
    let main: Package | null = null;
    for (let at = await Deno.realPath(folder); main === null; at = dirname(at)) {
      const config = await readConfig(at);
      if (config?.compilerOptions) main = { folder: at, config };
      else if (at === dirname(at)) throw new Error(`No deno.json with compilerOptions: ${folder}`);
    }
    const linked: Package[] = [];
    for (const link of main.config.links ?? []) {
      const at = await Deno.realPath(resolve(main.folder, link));
      const config = await readConfig(at);
      if (config !== null) linked.push({ folder: at, config });
    }
    return new Project(main, linked);
  }

  /** Where packages are looked up. */
  get folder(): string {
    return this.#main.folder;
  }

  /** Follows the import map of the package `importer` belongs to; null for plain relative paths. */
  resolve(specifier: string, importer: string): Target | null {
    const owner = this.#linked.find(({ folder }) => importer.startsWith(`${folder}/`)) ??
      this.#main;
    const mapped = mapImport(specifier, owner.config.imports ?? {}) ?? specifier;
    const registry = /^(npm|jsr):\/?((?:@[^/]+\/)?[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(mapped);
    if (registry !== null) {
      const [, scheme, name = "", path = ""] = registry;
      return scheme === "npm" ? { bare: name + path } : this.#linkedFile(name, path);
    }
    if (mapped.startsWith("file:")) return { file: fileURLToPath(mapped) };
    if (isAbsolute(mapped)) return { file: mapped };
    if (/^\.\.?\//.test(mapped)) {
      return mapped === specifier ? null : { file: join(owner.folder, mapped) };
    }
    return { bare: mapped };
  }

  #linkedFile(name: string, path: string): Target {
    const linked = this.#linked.find(({ config }) => config.name === name);
    const exports = linked?.config.exports ?? {};
    const file = typeof exports === "string" ? { ".": exports }["." + path] : exports["." + path];
    if (linked === undefined || file === undefined) {
      throw new Error(`jsr:${name}${path} is not among the project's links`);
    }
    return { file: join(linked.folder, file) };
  }
}

async function readConfig(folder: string): Promise<DenoConfig | null> {
  try {
    return JSON.parse(await Deno.readTextFile(join(folder, "deno.json")));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** An exact entry, else the longest one the specifier goes on from; packages go on by themselves. */
function mapImport(specifier: string, imports: Record<string, string>): string | undefined {
  const exact = imports[specifier];
  if (exact !== undefined) return exact;
  const prefix = Object.keys(imports)
    .filter((key) => {
      const open = key.endsWith("/") ? key : /^(npm|jsr):/.test(imports[key] ?? "") && `${key}/`;
      return open && specifier.startsWith(open);
    })
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? undefined : imports[prefix] + specifier.slice(prefix.length);
}
