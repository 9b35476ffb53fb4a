/** What `new App()` takes. */
export interface FreshConfig {
  /** Path the whole app lives under, such as `/support`. */
  basePath?: string;
  /** Development switches off caching. */
  mode?: "development" | "production";
  /** Believe `X-Forwarded-Proto` and `X-Forwarded-Host`; only behind a proxy that sets them. */
  trustProxy?: boolean;
}

/** The configuration with every default filled in. */
export interface ResolvedFreshConfig extends Required<FreshConfig> {
  /** Folder of the project. */
  root: string;
}
