/** Stand-in for `@std/http`: cookies only. See docs/decisions/stand-ins.md. */
export { type Cookie, deleteCookie, getCookies, setCookie } from "./cookie.ts";
