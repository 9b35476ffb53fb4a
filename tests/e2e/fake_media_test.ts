/** What the generated camera shows: tests look at it whenever they come to it. */
import { assertEquals } from "@std/assert";
import { BLUE, CLEAR_ROW, picture } from "./fake_media.ts";

/** As the file's own header says. */
const HEADER = /^YUV4MPEG2 W(\d+) H(\d+) [^\n]*\n/;

Deno.test("every frame of a generated camera shows its colour in the row that tests look at, and something moves", () => {
  const file = picture(BLUE);
  const [header = "", wide, high] = HEADER.exec(new TextDecoder().decode(file.slice(0, 99))) ?? [];
  const [width, height] = [Number(wide), Number(high)];
  const size = "FRAME\n".length + width * height * 3 / 2;
  const seen = new Set<number | undefined>();
  const whole = new Set<string>();
  for (let at = header.length; at < file.length; at += size) {
    const luma = file.subarray(at + "FRAME\n".length, at + "FRAME\n".length + width * height);
    // A row more or less: pictures are made smaller on their way.
    for (const row of [-4, 0, 4]) {
      seen.add(luma[(Math.floor(height * CLEAR_ROW) + row) * width + width / 2]);
    }
    whole.add(luma.filter((_, pixel) => pixel % width === width / 2).join());
  }
  assertEquals([...seen], [BLUE.y]);
  assertEquals(whole.size, 20);
});
