/** A call goes on while every web process is restarted: media nodes are processes of their own. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { ADMINISTRATOR, button, connect, openPhone, openText } from "../e2e/cast.ts";
import { arrived, showsMoreFrames, video, write } from "../e2e/look.ts";
import { signIn, Stage } from "../e2e/people.ts";
import { skipped } from "./database.ts";
import { openCluster, ready } from "./world.ts";

const DEVICE = "Warehouse tablet";

Deno.test({
  name: "[S5] [C2] a video call and its texts go on while both web processes are restarted",
  ignore: skipped,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const stage = stack.use(await Stage.open());
    const cluster = await openCluster(stack, 2, ADMINISTRATOR);
    const technicians = await (await stage.technicianBrowser()).newContext();
    await technicians.addInitScript(countConnections);
    const console = await stage.page(technicians);
    await signIn(console, cluster);
    const devices = await stage.deviceBrowser();
    const phone = await openPhone(stage, devices, console, DEVICE, countConnections);
    await connect(console, phone, DEVICE, "Accept with video");
    const pictures = [video(console, "device", "main"), video(phone, "technician", "main")];
    for (const picture of pictures) await showsMoreFrames(picture);
    await openText(phone);
    const before = await connections(console, phone);

    for (const web of cluster.web) {
      const leaving = web.stop();
      await write(console, `while ${web.name} leaves;`);
      await arrived(console, `while ${web.name} leaves;`);
      assertEquals(await leaving, 0);
      await write(console, `without ${web.name};`);
      await arrived(console, `without ${web.name};`);
      await showsMoreFrames(pictures[0] ?? video(console, "device", "main"));
      await web.start();
      await ready(cluster, web);
    }
    await button(console, "Hang up").waitFor();
    await showsMoreFrames(pictures[0] ?? video(console, "device", "main"));
    assertEquals(await connections(console, phone), before, "nobody had to connect anew");
    assertEquals(stage.errors, []);
  },
});

/** Counts what a call is made of: one made anew is one more. */
function countConnections(): void {
  const Original = RTCPeerConnection;
  const Socket = WebSocket;
  const made = { peers: 0, media: 0 };
  Object.assign(globalThis, {
    made,
    RTCPeerConnection: class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.peers++;
      }
    },
    WebSocket: class extends Socket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        if (String(address).includes("/media/")) made.media++;
      }
    },
  });
}

async function connections(...pages: Page[]): Promise<unknown[]> {
  return await Promise.all(
    pages.map((page) => page.evaluate(() => Reflect.get(globalThis, "made"))),
  );
}
