import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { buildFixture } from "./support.ts";

const get = await buildFixture();
const page = await get("/");
const html = await page.text();

Deno.test("islands stand between markers with their name and the index of their props", () => {
  assertMatch(html, /<!--frsh:island:Counter:0:--><div class="counter".*<!--\/frsh:island--><p>/s);
  assertMatch(
    html,
    /<!--frsh:island:Second:1:--><output id="second">3<\/output><!--\/frsh:island-->/,
  );
});

Deno.test("an island inside an island is a plain component", async () => {
  const settings = await (await get("/settings")).text();
  assertEquals(settings.match(/<!--frsh:island:/g)?.length, 1);
  assertStringIncludes(settings, "frsh:island:Later:0:");
});

Deno.test("props can neither end the script nor open a comment", () => {
  const script = html.slice(html.indexOf(`<script type="module"`));
  assertEquals(script.match(/<\/script>/g)?.length, 1);
  assertEquals(script.includes("<!--"), false);
  assertStringIncludes(html, "&lt;/script>&lt;script>alert(1)");
});

Deno.test("one module script boots the islands and carries the page's nonce", () => {
  const nonce = /<script type="module" nonce="(\w+)">/.exec(html)?.[1];
  assert(nonce, "a nonce");
  assertMatch(html, /import \{ boot \} from "\/_fresh\/js\/\w+\/fresh-runtime\.js";import Counter/);
  assertMatch(html, /boot\(\{Counter,Second\},".*"\);<\/script><\/body><\/html>$/);
  const policy = page.headers.get("content-security-policy") ?? "";
  assertStringIncludes(policy, `script-src 'self' 'nonce-${nonce}';`);
  assertEquals(policy.includes("unsafe-inline"), false);
});

Deno.test("each page has a nonce of its own", async () => {
  const nonces = await Promise.all([get("/"), get("/")].map(async (response) => {
    return /nonce="(\w+)"/.exec(await (await response).text())?.[1];
  }));
  assertEquals(new Set(nonces).size, 2);
});

Deno.test("the scripts a page starts with are preloaded; a page without islands has none", async () => {
  assertMatch(
    page.headers.get("link") ?? "",
    /^<\/_fresh\/js\/\w+\/fresh-runtime\.js>; rel="modulepreload"; as="script", <.*\/Counter\.js>/,
  );
  const plain = await get("/plain");
  assertEquals(plain.headers.get("link"), null);
  assertEquals((await plain.text()).includes("<script"), false);
});

Deno.test("<Head> replaces title and meta of the wrapper and adds the rest", () => {
  assertEquals(html.match(/<title>/g)?.length, 1);
  assertStringIncludes(html, "<title>Counters</title>");
  assertEquals(html.match(/name="description"/g)?.length, 1);
  assertStringIncludes(html, `<meta name="description" content="two counters"/>`);
  assertMatch(html, /<meta name="robots" content="noindex"\/><\/head>/);
});

Deno.test("asset() and images are pinned to the build", () => {
  assertMatch(html, /<link rel="stylesheet" href="\/styles\.css\?__frsh_c=\w+"\/>/);
  assertMatch(html, /<img src="\/logo\.svg\?__frsh_c=\w+"/);
});

Deno.test("links to the page and above it are marked", async () => {
  const plain = await (await get("/plain")).text();
  assertStringIncludes(plain, `<a href="/plain" data-current="true" aria-current="page">`);
  assertStringIncludes(plain, `<a href="/" data-ancestor="true" aria-current="true">`);
  assertStringIncludes(plain, `<a href="https://elsewhere.example/">`);
});

Deno.test("async pages are awaited", async () => {
  assertStringIncludes(await (await get("/plain")).text(), "<p>/plain app,root,second</p>");
});

Deno.test("inline styles carry the nonce their policy names", async () => {
  const bare = await get("/bare");
  const nonce = /<style nonce="(\w+)">/.exec(await bare.text())?.[1];
  const policy = bare.headers.get("content-security-policy") ?? "";
  assertStringIncludes(policy, `style-src 'self' 'nonce-${nonce}';`);
});
