import { assertEquals, assertThrows } from "@std/assert";
import { type Cookie, deleteCookie, getCookies, setCookie } from "@std/http/cookie";

function written(cookie: Cookie): string | null {
  const headers = new Headers();
  setCookie(headers, cookie);
  return headers.get("set-cookie");
}

Deno.test("getCookies reads names and values", () => {
  const headers = new Headers({ cookie: "a=1; b=x=y; c=; spaced =v" });
  assertEquals<unknown>(getCookies(headers), { a: "1", b: "x=y", c: "", spaced: "v" });
  assertEquals<unknown>(getCookies(new Headers()), {});
  assertThrows(() => getCookies(new Headers({ cookie: "=1" })), SyntaxError);
});

Deno.test("setCookie writes every attribute", () => {
  assertEquals(
    written({
      name: "id",
      value: "abc",
      secure: true,
      httpOnly: true,
      partitioned: true,
      maxAge: 60,
      domain: "support.example",
      sameSite: "Strict",
      path: "/x",
      expires: new Date(0),
      unparsed: ["Priority=High"],
    }),
    "id=abc; Secure; HttpOnly; Partitioned; Max-Age=60; Domain=support.example; SameSite=Strict; " +
      "Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Priority=High",
  );
  assertEquals(written({ name: "id", value: "", maxAge: 0 }), "id=; Max-Age=0");
  assertEquals(written({ name: "", value: "x" }), null);
});

Deno.test("setCookie gives prefixed names what they demand", () => {
  assertEquals(written({ name: "__Secure-id", value: "1" }), "__Secure-id=1; Secure");
  assertEquals(
    written({ name: "__Host-id", value: "1", domain: "a.example", path: "/x" }),
    "__Host-id=1; Secure; Path=/",
  );
});

Deno.test("setCookie refuses what browsers would misread", () => {
  for (
    const cookie of [
      { name: "a b", value: "1" },
      { name: "a=b", value: "1" },
      { name: "a", value: "1;2" },
      { name: "a", value: "ü" },
      { name: "a", value: "1", domain: "-a.example" },
      { name: "a", value: "1", path: "/;x" },
    ]
  ) assertThrows(() => written(cookie), SyntaxError);
  assertThrows(() => written({ name: "a", value: "1", maxAge: -1 }), RangeError);
});

Deno.test("deleteCookie expires it where it was set", () => {
  const headers = new Headers();
  deleteCookie(headers, "id", { path: "/x", secure: true });
  assertEquals(
    headers.get("set-cookie"),
    "id=; Secure; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
  );
});
