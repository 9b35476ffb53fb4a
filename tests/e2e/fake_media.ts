/** Generated microphones and cameras: a tone of a known pitch, a picture of a known colour. */

const SAMPLE_RATE = 48_000;
const SECONDS = 2;

/** A WAV file (RIFF, 16-bit PCM, mono) with a sine of `hertz`; a whole number of waves, so it loops. */
export function tone(hertz: number): Uint8Array {
  const samples = SAMPLE_RATE * SECONDS;
  const file = new DataView(new ArrayBuffer(44 + samples * 2));
  const ascii = (at: number, text: string) =>
    [...text].forEach((letter, i) => file.setUint8(at + i, letter.charCodeAt(0)));
  ascii(0, "RIFF");
  file.setUint32(4, 36 + samples * 2, true);
  ascii(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, SAMPLE_RATE, true);
  file.setUint32(28, SAMPLE_RATE * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  ascii(36, "data");
  file.setUint32(40, samples * 2, true);
  for (let i = 0; i < samples; i++) {
    const value = Math.sin(2 * Math.PI * hertz * i / SAMPLE_RATE) * 0.5;
    file.setInt16(44 + i * 2, value * 0x7fff, true);
  }
  return new Uint8Array(file.buffer);
}

/** A colour as video has it (ITU-R BT.601). */
export interface Yuv {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

export const GREEN: Yuv = { y: 145, u: 54, v: 34 };
export const BLUE: Yuv = { y: 41, u: 240, v: 110 };

const BLACK = 16;
const NO_COLOUR = 128;

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 20;
/** How high the white bar is, in pixels. */
const BAR = 12;

/** A row that the white bar never covers, between two of its places, as a share of the height. */
export const CLEAR_ROW = (HEIGHT / 2 + (HEIGHT / FRAMES + BAR) / 2) / HEIGHT;

/**
 * A YUV4MPEG2 file: `colour` everywhere but for a white bar that moves, so that the encoder has
 * work to do, and a black left edge, so that one sees whether it was mirrored.
 */
export function picture(colour: Yuv): Uint8Array {
  const header = new TextEncoder().encode(
    `YUV4MPEG2 W${WIDTH} H${HEIGHT} F20:1 Ip A1:1 C420mpeg2\n`,
  );
  const mark = new TextEncoder().encode("FRAME\n");
  const chroma = (WIDTH / 2) * (HEIGHT / 2);
  const size = mark.length + WIDTH * HEIGHT + 2 * chroma;
  const file = new Uint8Array(header.length + FRAMES * size);
  file.set(header);
  for (let n = 0; n < FRAMES; n++) {
    const at = header.length + n * size;
    file.set(mark, at);
    const luma = file.subarray(at + mark.length, at + mark.length + WIDTH * HEIGHT);
    luma.fill(colour.y);
    drawBars(luma, n);
    file.fill(colour.u, at + size - 2 * chroma, at + size - chroma);
    file.fill(colour.v, at + size - chroma, at + size);
    for (const plane of [at + size - 2 * chroma, at + size - chroma]) {
      drawEdge(file.subarray(plane, plane + chroma), WIDTH / 2, NO_COLOUR);
    }
  }
  return file;
}

function drawBars(luma: Uint8Array, frame: number): void {
  const top = Math.floor(HEIGHT * frame / FRAMES);
  luma.fill(235, top * WIDTH, (top + BAR) * WIDTH);
  drawEdge(luma, WIDTH, BLACK);
}

/** The left eighth of a plane that is `width` wide. */
function drawEdge(plane: Uint8Array, width: number, value: number): void {
  for (let row = 0; row < plane.length; row += width) plane.fill(value, row, row + width / 8);
}
