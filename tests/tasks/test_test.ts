import { assertEquals } from "@std/assert";
import { Program, withFolder } from "./process.ts";

const TEST = ["run", "-A", "tasks/test.ts"];
/** The tests below need no browser, so none is to be installed for them. */
const ENV = { CHROMIUM_BIN: "not needed here" };

function lastLine({ stdout }: Program): string {
  return stdout.trimEnd().split("\n").at(-1) ?? "";
}

Deno.test("the last line counts what passed and failed, and the exit code follows", () =>
  withFolder(async (folder) => {
    const cases = [
      [`Deno.test("a", () => {});\nDeno.test.ignore("b", () => {});`, "1 passed, 0 failed", 0],
      [
        `Deno.test("a", () => {});\nDeno.test("b", () => { throw new Error("no"); });`,
        "1 passed, 1 failed",
        1,
      ],
      [`Deno.test("a", () => {});\nthrow new Error("cannot load");`, "0 passed, 1 failed", 1],
    ] as const;
    for (const [source, expected, code] of cases) {
      const file = `${folder}/case_test.ts`;
      await Deno.writeTextFile(file, source);
      const program = new Program([...TEST, file], ENV);
      assertEquals([await program.exit(), lastLine(program)], [code, expected]);
    }
  }));

Deno.test("arguments go to the test runner", () =>
  withFolder(async (folder) => {
    const file = `${folder}/case_test.ts`;
    await Deno.writeTextFile(file, `Deno.test("one", () => {});\nDeno.test("two", () => {});`);
    const program = new Program([...TEST, file, "--filter=two"], ENV);
    assertEquals([await program.exit(), lastLine(program)], [0, "1 passed, 0 failed"]);
  }));
