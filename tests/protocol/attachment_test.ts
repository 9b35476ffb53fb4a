/** What a file may be called and what it may hold. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  checkType,
  cleanName,
  DEFAULT_POLICY,
  isShown,
  type Kind,
  kindOf,
  KINDS,
  MAX_NAME,
} from "../../protocol/attachment.ts";
import { availability, EVERYTHING_ON, storedService } from "../../protocol/service.ts";

Deno.test("a name keeps what it says and loses what deceives", () => {
  const cases = {
    "label.jpg": "label.jpg",
    "  Photo of the till .PNG ": "Photo of the till .PNG",
    "../../etc/passwd": "etc passwd",
    "C:\\Users\\me\\log.txt": "C Users me log.txt",
    "invoice\u202egpj.exe": "invoice gpj.exe",
    "a\u0000b\r\nc": "a b c",
    'say "hi"; <b>?*|': "say hi ; b",
    "...": "file",
    "": "file",
    "CON.txt": "_CON.txt",
    "con": "_con",
    "com10.txt": "com10.txt",
    "حالة.pdf": "حالة.pdf",
    "😀.gif": "😀.gif",
  };
  for (const [given, wanted] of Object.entries(cases)) assertEquals(cleanName(given), wanted);
  const long = cleanName(`${"x".repeat(500)}.jpeg`);
  assertEquals([long.length, long.slice(-6)], [MAX_NAME, "x.jpeg"]);
});

Deno.test("whatever a file is called, its clean name is short, has no folders and is clean already", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (given) => {
    const name = cleanName(given);
    assert(name.length > 0 && [...name].length <= MAX_NAME + 1);
    // deno-lint-ignore no-control-regex -- that is what must not be there
    assert(!/[\\/\u0000-\u001f\u202a-\u202e]/.test(name), name);
    assert(name.isWellFormed());
  }));
});

Deno.test("the bytes decide what a file is, and a picture that is none is refused", () => {
  const all: readonly Kind[] = KINDS;
  const cases: [string, string, string | null, boolean, readonly Kind[], string][] = [
    ["a.png", "image/png", "image/png", false, all, "image/png"],
    ["a.jpg", "image/jpeg", "image/png", false, all, "image/png"],
    ["a.png", "image/png", "application/x-msdownload", false, all, "file_type_mismatch"],
    ["a.png", "image/png", null, false, all, "file_type_mismatch"],
    ["a.png", "image/png", null, true, all, "file_type_mismatch"],
    ["a.svg", "image/svg+xml", null, true, all, "text/plain"],
    ["a.svg", "image/svg+xml", "application/xml", true, all, "application/xml"],
    ["a.m4a", "audio/mp4", "video/mp4", false, all, "video/mp4"],
    ["a.mp4", "video/mp4", "image/png", false, all, "file_type_mismatch"],
    ["a.log", "", null, true, all, "text/plain"],
    ["a.bin", "", null, false, all, "application/octet-stream"],
    ["a.txt", "text/plain", "application/x-msdownload", false, all, "application/x-msdownload"],
    [
      "a.txt",
      "text/plain",
      "application/x-msdownload",
      false,
      DEFAULT_POLICY.kinds,
      "file_kind",
    ],
    ["fix.bat", "text/plain", null, true, DEFAULT_POLICY.kinds, "file_kind"],
    ["a.zip", "application/zip", "application/zip", false, ["image"], "file_kind"],
  ];
  for (const [name, declared, type, text, kinds, wanted] of cases) {
    const checked = checkType({ name, declared }, { type, text }, kinds);
    assertEquals(checked.ok ? checked.type : checked.code, wanted, `${name} ${declared}`);
  }
});

Deno.test("only pictures that cannot carry script are shown; kinds are what a person would say", () => {
  assertEquals(["image/png", "image/jpeg", "image/gif", "image/webp"].filter(isShown).length, 4);
  assertEquals(["image/svg+xml", "image/heic", "text/html", "application/pdf"].filter(isShown), []);
  assertEquals(kindOf("a.apk", "application/zip"), "program");
  assertEquals(kindOf("a.pdf", "application/pdf"), "document");
  assertEquals(kindOf("a.7z", "application/x-7z-compressed"), "archive");
  assertEquals(kindOf("a.heic", "image/heic"), "image");
});

Deno.test("[M1] files need text; switches stored before there were files have them on", () => {
  assertEquals(availability(EVERYTHING_ON, { ...EVERYTHING_ON, text: false }).files, false);
  assertEquals(availability(EVERYTHING_ON, { ...EVERYTHING_ON, files: false }).files, false);
  assertEquals(availability(EVERYTHING_ON, EVERYTHING_ON).files, true);
  const old = { service: true, text: true, voice: false, video: true };
  assertEquals(storedService(old), { ...old, files: true });
  assertEquals(storedService(null), EVERYTHING_ON);
});
