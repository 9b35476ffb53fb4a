import { BUILD_ID } from "./build_id.ts";

/** Query parameter that pins a file to a build. */
export const ASSET_CACHE_BUST_KEY = "__frsh_c";

/** The path pinned to this build, so that it can be cached for a year; other addresses unchanged. */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//")) return path;
  const url = URL.parse(path, "http://asset.invalid");
  if (url === null || url.searchParams.has(ASSET_CACHE_BUST_KEY)) return path;
  url.searchParams.set(ASSET_CACHE_BUST_KEY, BUILD_ID);
  return url.pathname + url.search + url.hash;
}

/** `asset()` for each address of a `srcset`; anything unusual is left alone. */
export function assetSrcSet(srcset: string): string {
  const parts = srcset.split(",");
  if (srcset.includes("(") || parts.some((part) => part.trim() === "")) return srcset;
  return parts.map((part) => part.replace(/\S+/, asset)).join(",");
}

/** The props of an `<img>` or `<source>` with its addresses pinned to this build. */
export function pinSources<Props extends object>(props: Props): Props {
  const { src, srcset, "data-fresh-disable-lock": off } = props as Record<string, unknown>;
  if (off) return props;
  return {
    ...props,
    ...typeof src === "string" && { src: asset(src) },
    ...typeof srcset === "string" && { srcset: assetSrcSet(srcset) },
  };
}
