/** The cookies: who signed in here, which device this browser is, and its language if chosen. */
import { type Cookie, deleteCookie, getCookies, setCookie } from "@std/http";
import { SIGN_IN_MAX_MS } from "../store/sign_ins.ts";

/** Holds the token of a signed-in technician. */
export const TECHNICIAN_COOKIE = "ls_technician";
/** Holds the token of the device this browser is bound to. */
export const DEVICE_COOKIE = "ls_device";
/** Holds the language chosen in this browser, where one was. */
export const LANGUAGE_COOKIE = "ls_language";

/** The longest a browser keeps a cookie, in seconds (RFC 6265bis: 400 days). */
const LONGEST_AGE = 400 * 24 * 60 * 60;

/** What a request's cookies say; null: nothing. A cookie header nobody can read says nothing. */
export function readCookies(
  headers: Headers,
): { technician: string | null; device: string | null; language: string | null } {
  try {
    const cookies = getCookies(headers);
    return {
      technician: cookies[TECHNICIAN_COOKIE] ?? null,
      device: cookies[DEVICE_COOKIE] ?? null,
      language: cookies[LANGUAGE_COOKIE] ?? null,
    };
  } catch {
    return { technician: null, device: null, language: null };
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
    maxAge: LONGEST_AGE,
  });
}

/** Unbinds the browser: its device was removed. */
export function clearDeviceCookie(headers: Headers, secure: boolean): void {
  deleteCookie(headers, DEVICE_COOKIE, { path: "/", secure, httpOnly: true });
}

/** Remembers a language, by its BCP 47 tag. */
export function setLanguageCookie(headers: Headers, locale: string, secure: boolean): void {
  setCookie(headers, {
    ...attributes(secure),
    name: LANGUAGE_COOKIE,
    value: locale,
    maxAge: LONGEST_AGE,
  });
}

/** Out of reach of scripts, not sent along with other sites' requests. */
function attributes(secure: boolean): Pick<Cookie, "path" | "httpOnly" | "sameSite" | "secure"> {
  return { path: "/", httpOnly: true, sameSite: "Lax", secure };
}
