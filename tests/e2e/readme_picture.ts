/**
 * Makes docs/images/live-support.png from real screenshots: `deno run -A tests/e2e/readme_picture.ts`.
 * Two people in two browsers, a call and some text; their cameras see two drawings.
 */
import { type Browser, type Page } from "playwright-core";
import { arrived, checkMark, showsMoreFrames, video, write } from "./look.ts";
import { createAdministrator, enroll, setUp, Stage } from "./people.ts";
import { Server } from "./server.ts";

const PICTURE = new URL("../../docs/images/live-support.png", import.meta.url);
const DEVICES = ["Reception tablet", "Warehouse scanner", "Till 4", "Meeting room display"];
const CALLED = "Warehouse scanner";

/** What the technician's camera sees. */
const PERSON = `<svg viewBox="0 0 640 480">
  <rect width="640" height="480" fill="#cfe3dd"/><rect x="420" width="220" height="480" fill="#b9d3cc"/>
  <rect x="460" y="60" width="130" height="170" rx="6" fill="#e9f4f1"/>
  <path d="M140 480q10-150 180-150t180 150z" fill="#20505a"/>
  <path d="M270 330q50 40 100 0l-10-50h-80z" fill="#d9a47e"/>
  <ellipse cx="320" cy="205" rx="88" ry="104" fill="#e6b48e"/>
  <path d="M228 200q-6-120 92-122t92 122q-16-62-60-74-70 30-124 74z" fill="#3b2a22"/>
  <path d="M226 210q0-128 94-128t94 128" fill="none" stroke="#1b2426" stroke-width="12"/>
  <rect x="210" y="190" width="28" height="64" rx="13" fill="#1b2426"/>
  <rect x="402" y="190" width="28" height="64" rx="13" fill="#1b2426"/>
  <path d="M416 250q0 44-62 50" fill="none" stroke="#1b2426" stroke-width="7"/>
  <circle cx="286" cy="208" r="8" fill="#2b2320"/><circle cx="354" cy="208" r="8" fill="#2b2320"/>
  <path d="M284 258q36 28 72 0" fill="none" stroke="#8c4a35" stroke-width="7" stroke-linecap="round"/>
</svg>`;

/** What the device's camera sees. */
const MACHINE = `<svg viewBox="0 0 640 480">
  <rect width="640" height="480" fill="#6f6457"/><rect y="350" width="640" height="130" fill="#8d7f6d"/>
  <rect x="150" y="70" width="330" height="320" rx="26" fill="#23292c"/>
  <rect x="176" y="98" width="278" height="164" rx="8" fill="#0d3b33"/>
  <text x="196" y="150" fill="#8ff0c8" font-family="monospace" font-size="26">NO NETWORK</text>
  <text x="196" y="190" fill="#8ff0c8" font-family="monospace" font-size="20">error 0x51</text>
  <rect x="186" y="290" width="210" height="66" rx="5" fill="#f4f2ea"/>
  <text x="198" y="318" fill="#222" font-family="monospace" font-size="19">Model WS-40</text>
  <text x="198" y="344" fill="#222" font-family="monospace" font-size="19">S/N 88-1204</text>
  <circle cx="432" cy="322" r="15" fill="#e2593f"/>
</svg>`;

/** A camera file: the drawing as a few JPEG frames in a row (Motion JPEG). */
async function camera(browser: Browser, drawing: string, path: string): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 640, height: 480 } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawing}`);
  const frame = await page.screenshot({ type: "jpeg", quality: 92 });
  await page.close();
  await Deno.writeFile(path, frame);
  for (let n = 0; n < 4; n++) await Deno.writeFile(path, frame, { append: true });
  return path;
}

/** One picture: the console, the phone in front of it. */
async function compose(browser: Browser, desk: Uint8Array, phone: Uint8Array): Promise<Uint8Array> {
  const page = await browser.newPage({ viewport: { width: 1550, height: 800 } });
  const url = (png: Uint8Array) => `data:image/png;base64,${png.toBase64()}`;
  await page.setContent(`<style>
    body{margin:0;height:800px;background:linear-gradient(160deg,#e4f0ec,#c7ddd6);position:relative}
    img{position:absolute;display:block;box-shadow:0 18px 50px #0f2a2a55}
    .desk{left:36px;top:36px;width:1130px;border-radius:12px}
    .phone{right:36px;bottom:36px;width:310px;border-radius:34px;border:9px solid #12191b}
  </style><img class="desk" src="${url(desk)}"><img class="phone" src="${url(phone)}">`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

async function talk(console: Page, phone: Page): Promise<void> {
  await console.getByRole("button", { name: `Start session with ${CALLED}` }).click();
  await phone.getByRole("button", { name: "Accept with video" }).click();
  await showsMoreFrames(video(console, "device", "main"));
  await showsMoreFrames(video(phone, "technician", "main"));
  await write(console, "Hello! Could you show me the label on the front?");
  await arrived(console, "Hello!");
  await phone.getByRole("button", { name: "Text", exact: true }).click();
  await write(phone, "Yes. It says WS-40 and there is a red light 🔴");
  await checkMark(phone, "It says WS-40", "read");
  await write(console, "Perfect. Hold the side button for ten seconds, please.");
  await checkMark(console, "Perfect.", "read");
  await phone.getByRole("button", { name: "Text", exact: true }).click();
}

await using stage = await Stage.open();
const painter = await stage.browser();
const folder = await Deno.makeTempDir();
const [person, machine] = [
  await camera(painter, PERSON, `${folder}/person.mjpeg`),
  await camera(painter, MACHINE, `${folder}/machine.mjpeg`),
];
const server = await Server.start(stage.data);
await server.mediaReady();
const desk = await stage.browser([`--use-file-for-fake-video-capture=${person}`]);
const console = await stage.page(await desk.newContext({ viewport: { width: 1280, height: 800 } }));
await createAdministrator(console, server, "Maria Keller");
const links = new Map<string, string>();
for (const name of DEVICES) links.set(name, await enroll(console, name));
const pocket = await stage.browser([`--use-file-for-fake-video-capture=${machine}`]);
const phone = await stage.page(
  await pocket.newContext({
    viewport: { width: 390, height: 800 },
    hasTouch: true,
    isMobile: true,
  }),
);
await setUp(phone, links.get(CALLED) ?? "");
await talk(console, phone);
await Deno.writeFile(
  PICTURE,
  await compose(painter, await console.screenshot(), await phone.screenshot()),
);
await server.stop();
await Deno.remove(folder, { recursive: true });
