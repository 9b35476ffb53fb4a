/** What HTTP refuses while the process has too much to do, and takes again afterwards. */
import { assertEquals } from "@std/assert";
import type { Load } from "../../actors/load.ts";
import { announce, attachedSession } from "../support/attached_session.ts";
import { ADA, Browser, ORIGIN, setUp } from "../support/browser.ts";
import { openTestApp, type TestApp } from "../support/test_app.ts";

const PHOTO = { name: "photo.png", type: "image/png", size: 10 };

Deno.test("[A3] under load new files are refused first, then sockets and sign-ins, with when to come back", async () => {
  const load: { load: Load; loop: Load } = { load: "calm", loop: "calm" };
  await using app = await openTestApp({ load });
  const ada = await setUp(app);
  const session = await attachedSession(app, ada, "till");
  const attempts = async () => [
    told(await announce(session.phone, session.path.device, { ...PHOTO, id: newId() })),
    told(await socket(app, ada)),
    told(await new Browser(app).post("/sign-in", { email: ADA.email, password: ADA.password })),
  ];
  // Nothing can be upgraded here: what is let through fails later, in its own way.
  const calm = await attempts();
  assertEquals([calm[0], calm[2]], ["201", "303"]);
  load.load = "strained";
  assertEquals(await attempts(), ["503 after 5 s", calm[1], "303"]);
  load.load = "overloaded";
  assertEquals(await attempts(), ["503 after 5 s", calm[1], "503 after 5 s"], "pages come back");
  load.loop = "overloaded";
  assertEquals(await attempts(), Array(3).fill("503 after 5 s"));
  assertEquals((await ada.get("/healthz")).status, 200);
  load.load = load.loop = "calm";
  assertEquals(await attempts(), calm);
});

Deno.test("[A3] a person whose pages connect again and again has to rest; others do not", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const session = await attachedSession(app, ada, "till");
  const answers: string[] = [];
  for (let n = 0; n < 70; n++) answers.push(told(await socket(app, ada)));
  const refused = answers.filter((answer) => answer === "429 after 5 s").length;
  assertEquals(refused > 5 && refused <= 10, true, answers.join("\n"));
  assertEquals(told(await socket(app, session.phone, "device")), answers[0]);
});

Deno.test("[A3] a person who asks for pages without a pause has to rest; others do not", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const { phone } = await attachedSession(app, ada, "till");
  const answers = await Promise.all(
    Array.from({ length: 400 }, async () => told(await phone.get("/api/notifications"))),
  );
  assertEquals(answers.filter((answer) => answer === "429 after 5 s").length > 20, true);
  assertEquals(told(await ada.get("/console")), "200");
});

function newId(): string {
  return crypto.randomUUID();
}

async function socket(app: TestApp, browser: Browser, side = "technician"): Promise<Response> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const headers = { upgrade: "websocket", connection: "upgrade", origin: ORIGIN, cookie };
  return await app.fetch(new Request(`${ORIGIN}/api/socket/${side}`, { headers }));
}

function told(answer: Response): string {
  void answer.body?.cancel();
  const after = answer.headers.get("retry-after");
  return after === null ? String(answer.status) : `${answer.status} after ${after} s`;
}
