import { matchesGlob } from "node:path";
import { asset } from "../asset.ts";

/** Which static files a transformer is for. */
export interface OnTransformOptions {
  /** Named in messages. */
  pluginName: string;
  /** Files it takes, by path. */
  filter: RegExp;
  /** Files it leaves out: patterns, globs or parts of a path. */
  exclude?: (string | RegExp)[];
}

/** What a transformer is given. */
export interface OnTransformArgs {
  path: string;
  target: string | string[];
  text: string;
  content: Uint8Array;
  mode: "development" | "production";
  root: string;
}

/** What a transformer makes of a file. */
export interface OnTransformResult {
  content: string | Uint8Array;
  /** New path, if it changes. */
  path?: string;
  map?: string | Uint8Array;
}

/** Changes a static file, or makes several files of it. */
export type TransformFn = (
  args: OnTransformArgs,
) =>
  | void
  | OnTransformResult
  | ({ path: string } & OnTransformResult)[]
  | Promise<void | OnTransformResult | ({ path: string } & OnTransformResult)[]>;

/** A file after its transformers. */
export interface TransformedFile {
  path: string;
  content: Uint8Array<ArrayBuffer>;
}

const CSS_URL = /url\(\s*(?:"([^"]+)"|'([^']+)'|([^)"']+))\s*\)/g;

/** Pins the addresses in a style sheet to the build. */
const pinCssUrls: TransformFn = ({ text }) => ({
  content: text.replaceAll(
    CSS_URL,
    (_, double, single, bare) => `url(${JSON.stringify(asset(double ?? single ?? bare))})`,
  ),
});

/** Runs static files through the transformers registered for them. */
export class FileTransformer {
  readonly #transformers: { options: OnTransformOptions; fn: TransformFn }[] = [];

  /** Registers a transformer; they run in this order. */
  add(options: OnTransformOptions, fn: TransformFn): void {
    this.#transformers.push({ options, fn });
  }

  /** The files made of `path`; null if no transformer takes it. */
  async process(
    path: string,
    config: { mode: "development" | "production"; target: string | string[]; root: string },
  ): Promise<TransformedFile[] | null> {
    const chain = [
      ...this.#transformers.filter(({ options }) => takes(options, path)),
      ...path.endsWith(".css") ? [{ fn: pinCssUrls }] : [],
    ];
    if (chain.length === 0) return null;
    let files: TransformedFile[] = [{ path, content: await Deno.readFile(path) }];
    for (const { fn } of chain) {
      const next: TransformedFile[] = [];
      for (const file of files) {
        const text = new TextDecoder().decode(file.content);
        const result = await fn({ ...file, text, ...config }) ?? file;
        for (const made of [result].flat()) {
          next.push({ path: made.path ?? file.path, content: toBytes(made.content) });
        }
      }
      files = next;
    }
    return files;
  }
}

function toBytes(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
}

function takes({ filter, exclude = [] }: OnTransformOptions, path: string): boolean {
  filter.lastIndex = 0;
  return filter.test(path) &&
    !exclude.some((it) =>
      it instanceof RegExp ? it.test(path) : path.includes(it) || matchesGlob(path, it)
    );
}
