/** One cookie as `setCookie` writes it. */
export interface Cookie {
  /** Name: visible ASCII without separators. */
  name: string;
  /** Value: US-ASCII without spaces, quotes, commas, semicolons and backslashes. */
  value: string;
  /** When the browser drops it. */
  expires?: Date | number;
  /** Seconds until the browser drops it; zero or more. */
  maxAge?: number;
  /** Domain it is sent to. */
  domain?: string;
  /** Path it is sent to. */
  path?: string;
  /** Sent over HTTPS only. */
  secure?: boolean;
  /** Hidden from scripts. */
  httpOnly?: boolean;
  /** Kept apart per top-level site. */
  partitioned?: boolean;
  /** Whether it goes along with requests from other sites. */
  sameSite?: "Strict" | "Lax" | "None";
  /** Further attributes, written as they are. */
  unparsed?: string[];
}

const NAME = /^[\x21\x23-\x27*+\-.\x30-\x39A-Z\x5e-\x7a|~]+$/;
// deno-lint-ignore no-control-regex -- control characters are exactly what is refused
const FORBIDDEN_IN_VALUE = /[\x00-\x20",;\\\x7f]/;
// deno-lint-ignore no-control-regex -- same here
const NOT_ASCII = /[^\x00-\x80]/;
const FORBIDDEN_IN_PATH = /[^\x20-\x7e]|;/;

function check(cookie: Cookie): void {
  if (!NAME.test(cookie.name)) throw new SyntaxError(`Invalid cookie name: "${cookie.name}"`);
  const character = FORBIDDEN_IN_VALUE.exec(cookie.value) ?? NOT_ASCII.exec(cookie.value);
  if (character !== null) {
    throw new SyntaxError(`Cookie "${cookie.name}" cannot contain character "${character[0]}"`);
  }
  if (cookie.maxAge !== undefined && Number.isInteger(cookie.maxAge) && cookie.maxAge < 0) {
    throw new RangeError(`Cookie Max-Age must be zero or more, not ${cookie.maxAge}`);
  }
  if (cookie.domain && /^-|[.-]$/.test(cookie.domain)) {
    throw new SyntaxError(`Invalid first/last char in cookie domain: ${cookie.domain}`);
  }
  if (cookie.path && FORBIDDEN_IN_PATH.test(cookie.path)) {
    throw new SyntaxError(`Cookie path "${cookie.path}" contains an invalid character`);
  }
}

/** The header value, with what the `__Secure` and `__Host` name prefixes demand filled in. */
function serialise(given: Cookie): string {
  const cookie = { ...given };
  if (cookie.name.startsWith("__Secure")) cookie.secure = true;
  if (cookie.name.startsWith("__Host")) {
    cookie.secure = true;
    cookie.path = "/";
    cookie.domain = undefined;
  }
  check(cookie);
  const { maxAge, domain, sameSite, path, expires } = cookie;
  const parts = [
    `${cookie.name}=${cookie.value}`,
    cookie.secure && "Secure",
    cookie.httpOnly && "HttpOnly",
    cookie.partitioned && "Partitioned",
    Number.isInteger(maxAge) && `Max-Age=${maxAge}`,
    domain && `Domain=${domain}`,
    sameSite && `SameSite=${sameSite}`,
    path && `Path=${path}`,
    expires && `Expires=${new Date(expires).toUTCString()}`,
    ...cookie.unparsed ?? [],
  ];
  return parts.filter(Boolean).join("; ");
}

/** Reads the request's cookies by name; a name that was not sent is undefined. */
export function getCookies(headers: Headers): Partial<Record<string, string>> {
  const cookies: Partial<Record<string, string>> = Object.create(null);
  const header = headers.get("Cookie");
  if (header === null) return cookies;
  for (const pair of header.split(";")) {
    const [name = "", ...value] = pair.split("=");
    if (name === "") throw new SyntaxError("Cookie cannot start with '='");
    cookies[name.trim()] = value.join("=");
  }
  return cookies;
}

/** Appends a `Set-Cookie` header; a cookie without a name is ignored. */
export function setCookie(headers: Headers, cookie: Cookie): void {
  if (cookie.name) headers.append("Set-Cookie", serialise(cookie));
}

/** Tells the browser to drop a cookie; path and domain must be those it was set with. */
export function deleteCookie(
  headers: Headers,
  name: string,
  attributes?: Pick<Cookie, "path" | "domain" | "secure" | "httpOnly" | "partitioned">,
): void {
  setCookie(headers, { name, value: "", expires: new Date(0), ...attributes });
}
