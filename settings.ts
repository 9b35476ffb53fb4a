/** Every setting of Live Support, as a person reads about it: the table of README.md. */

/** One setting as a person reads about it. */
export interface Setting<Name extends string = string> {
  readonly name: Name;
  /** What holds where it is not set, in words or as a value. */
  readonly default: string;
  readonly what: string;
}

/** Every setting there is, in the order of README.md. */
export const SETTINGS = [
  row("PORT", "8000", "Port of the web server; 0 takes a free one."),
  row(
    "HOST",
    "0.0.0.0",
    "Address to listen on. The default is reached from the whole network, so that a phone can be " +
      "tried at once; 127.0.0.1 keeps it to this computer.",
  ),
  row(
    "DATA_DIR",
    "./data",
    "Folder of the database. `:memory:` keeps everything in memory and forgets it at exit.",
  ),
  row(
    "DENO_KV_PATH",
    "a file in DATA_DIR",
    "Another database: a file, which only one process may have at a time, or the URL of a KV Connect " +
      "server (denokv) that several share, with MEDIA_NODES or MEDIA=off; its token goes into " +
      "DENO_KV_ACCESS_TOKEN.",
  ),
  row(
    "TLS_CERT",
    "none",
    "Certificate file (PEM). Phones give microphone and camera to HTTPS pages only.",
  ),
  row("TLS_KEY", "none", "Private key file (PEM) of TLS_CERT."),
  row(
    "PUBLIC_URL",
    "the address the console was opened with",
    "Where people reach this server, e.g. https://support.example.org; used in links.",
  ),
  row(
    "TRUST_PROXY",
    "off",
    "`on`: a reverse proxy stands in front; believe its X-Forwarded-For, -Proto and -Host.",
  ),
  row(
    "ADMIN_EMAIL",
    "none",
    "With ADMIN_PASSWORD: creates the administrator at the first start, without a browser.",
  ),
  row("ADMIN_PASSWORD", "none", "The administrator's first password, at least 10 characters."),
  row("RING_SECONDS", "60", "How long a session or a call rings before it counts as missed."),
  row("FILE_MAX_MB", "10", "How large one file in a session may be, in MiB."),
  row("FILES_MAX_MB", "50", "How large all files of one session may be together, in MiB."),
  row(
    "FILE_KINDS",
    "image, video, audio, document, archive",
    "What files may be; `program` is the only other kind. They are only ever saved, never run.",
  ),
  row("MEDIA", "on", "`off`: no calls, text only."),
  row(
    "MEDIA_LISTEN_IP",
    "every address of this computer",
    "Address the media node receives voice and video on.",
  ),
  row(
    "MEDIA_ANNOUNCED_ADDRESS",
    "the address listened on",
    "Address pages send voice and video to: behind NAT, the public one.",
  ),
  row(
    "MEDIA_PORT",
    "44444",
    "UDP and TCP port of voice and video; each further worker takes the next one, 0 free ones.",
  ),
  row("MEDIA_WORKERS", "1", "How many mediasoup workers run: one for each core given to calls."),
  row(
    "MEDIA_ICE_SERVERS",
    "none",
    "STUN and TURN servers for the pages: a JSON list of RTCIceServer objects.",
  ),
  row(
    "TURN_URLS",
    "none",
    "TURN servers the media node makes short-lived credentials for, separated by commas: " +
      "`turn:turn.example.org:3478,turns:turn.example.org:443?transport=tcp`.",
  ),
  row(
    "TURN_SECRET",
    "none",
    "The secret shared with them: coturn's `static-auth-secret`, with `use-auth-secret`.",
  ),
  row(
    "TURN_CREDENTIAL_SECONDS",
    "3600",
    "How long credentials can open a relay. Pages get new ones at every call and ICE restart.",
  ),
  row(
    "MEDIA_NODES",
    "none: the media node runs in this process",
    "Addresses that media nodes elsewhere (`deno task media`) may register with, separated by " +
      "commas; `*.` stands for any name below a domain, `:*` for any port: " +
      "https://*.media.example.org:8443. Pages may connect to them.",
  ),
  row(
    "MEDIA_SECRET",
    "made at the first start",
    "At least 32 characters; signs call tickets and registrations. Media nodes elsewhere need the " +
      "same.",
  ),
  row(
    "MEDIA_LOCATION",
    "none; on Deno Deploy the region",
    "A word for where this process stands, of a web process or a media node: a call goes to a " +
      "node with the same word before others.",
  ),
  row(
    "WEB_URL",
    "none",
    "Of a media node alone: PUBLIC_URL of the web processes it registers with; several with commas.",
  ),
  row(
    "MEDIA_URL",
    "none",
    "Of a media node alone: where pages and web processes reach it, e.g. " +
      "https://eu-1.media.example.org:8443.",
  ),
  row("MEDIA_NODE_ID", "a random one", "Name of a media node that runs alone (`deno task media`)."),
  row(
    "MEDIASOUP_WORKER_BIN",
    "downloaded or built at the first start",
    "A ready mediasoup worker program.",
  ),
  row(
    "PUSH_HOSTS",
    "none",
    "More push services to send notifications to, separated by commas: a host name, `*.` and a " +
      "domain, or the origin of one on this computer. Those of the known browsers are always in.",
  ),
  row(
    "PUSH_CONTACT",
    "PUBLIC_URL",
    "A `mailto:` or `https:` address under which push services reach whoever runs this server.",
  ),
  row(
    "LOG",
    "auto",
    "How the log is written: `json`, one object a line, or `text`, for people; `auto`: text on a " +
      "terminal, JSON elsewhere.",
  ),
  row(
    "DRAIN_SECONDS",
    "0",
    "Behind a balancer: how long it serves on after SIGTERM (`/readyz` 503) before its pages go " +
      "elsewhere; longer than the balancer takes to notice. On a media node alone (12): how long " +
      "calls have to go elsewhere.",
  ),
  row("DEMO", "off", "`on`: what `deno task demo` sets; signed-in links, in memory only."),
] as const;

function row<const Name extends string>(name: Name, fallback: string, what: string): Setting<Name> {
  return { name, default: fallback, what };
}

/** The name of a setting. */
export type SettingName = (typeof SETTINGS)[number]["name"];
