import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderToString } from "preact-render-to-string";
import { MessageItem } from "../../components/conversation/MessageItem.tsx";
import { loadFinder, MessageText } from "../../components/conversation/MessageText.tsx";
import { Speaking } from "../../components/words.tsx";
import { speakerOf } from "../../locales/catalogues.ts";

const ENGLISH = speakerOf("en");

const RECEIPTS = [
  ["pending", "Sending"],
  ["sent", "Sent"],
  ["received", "Received"],
  ["read", "Read"],
] as const;

Deno.test("text of either direction keeps its own", () => {
  assertStringIncludes(renderToString(<MessageText text="שלום" />), 'dir="auto"');
});

Deno.test("links open outside and tell nothing; nothing else is interpreted", async () => {
  await loadFinder();
  const html = renderToString(<MessageText text="<b>x</b> https://example.com/?a=1&b=2" />);
  assertStringIncludes(html, "&lt;b>x&lt;/b>");
  assertStringIncludes(html, 'href="https://example.com/?a=1&amp;b=2"');
  assertStringIncludes(html, 'target="_blank"');
  assertStringIncludes(html, 'rel="noopener noreferrer"');
});

Deno.test("an own message carries its check mark, in words too; another's carries none", () => {
  const message = { seq: 3, from: "device", text: "hi", at: 0, client: "c", n: 1 } as const;
  for (const [receipt, word] of RECEIPTS) {
    const own = renderToString(
      <Speaking speaker={ENGLISH}>
        <MessageItem message={message} side="device" receipt={receipt} watch={() => {}} />
      </Speaking>,
    );
    assertStringIncludes(own, `data-status="${receipt}"`);
    assertStringIncludes(own, `<span class="visually-hidden">${word}</span>`);
    assertStringIncludes(own, 'data-seq="3"');
  }
  const other = renderToString(
    <Speaking speaker={ENGLISH}>
      <MessageItem message={message} side="technician" receipt="sent" watch={() => {}} />
    </Speaking>,
  );
  assertEquals(other.includes("data-status"), false);
  assert(other.includes('data-seq="3"'));
});
