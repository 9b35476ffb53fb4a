/** The two cookies: who signed in here, and which device this browser is. */
import { type Cookie, deleteCookie, getCookies, setCookie } from "@std/http";
import { SIGN_IN_MAX_MS } from "../store/sign_ins.ts";

/** Holds the token of a signed-in technician. */
export const TECHNICIAN_COOKIE = "ls_technician";
/** Holds the token of the device this browser is bound to. */
export const DEVICE_COOKIE = "ls_device";

/** The longest a browser keeps a cookie, in seconds (RFC 6265bis: 400 days). */
const DEVICE_MAX_AGE = 400 * 24 * 60 * 60;

/** The tokens a request carries; null: none. A cookie header nobody can read carries none. */
export function readCookies(
  headers: Headers,
): { technician: string | null; device: string | null } {
  try {
    const cookies = getCookies(headers);
    return {
      technician: cookies[TECHNICIAN_COOKIE] ?? null,
      device: cookies[DEVICE_COOKIE] ?? null,
    };
  } catch {
    return { technician: null, device: null };
  }
}

/** Signs the browser in. The server ends the sign-in earlier when it is not used. */
export function setTechnicianCookie(headers: Headers, token: string, secure: boolean): void {
  setCookie(headers, {
    ...attributes(secure),
    name: TECHNICIAN_COOKIE,
    value: token,
    maxAge: SIGN_IN_MAX_MS / 1000,
  });
}

/** Signs the browser out. */
export function clearTechnicianCookie(headers: Headers, secure: boolean): void {
  deleteCookie(headers, TECHNICIAN_COOKIE, { path: "/", secure, httpOnly: true });
}

/** Binds the browser to a device; set again at each visit, so that it never runs out. */
export function setDeviceCookie(headers: Headers, token: string, secure: boolean): void {
  setCookie(headers, {
    ...attributes(secure),
    name: DEVICE_COOKIE,
    value: token,
    maxAge: DEVICE_MAX_AGE,
  });
}

/** Unbinds the browser: its device was removed. */
export function clearDeviceCookie(headers: Headers, secure: boolean): void {
  deleteCookie(headers, DEVICE_COOKIE, { path: "/", secure, httpOnly: true });
}

/** Out of reach of scripts, not sent along with other sites' requests. */
function attributes(secure: boolean): Pick<Cookie, "path" | "httpOnly" | "sameSite" | "secure"> {
  return { path: "/", httpOnly: true, sameSite: "Lax", secure };
}
