/** The networks of these tests are as bad as they say, and nothing is left of them. */
import { assert, assertEquals } from "@std/assert";
import { DeviceNetwork, GOOD } from "./device_network.ts";
import { Lab, SERVER, whyNoLab } from "./lab.ts";

/** Says hello to whoever connects. */
const GREETER = `for (const port of [80, 443]) void (async () => {
  for await (const line of Deno.listen({ hostname: "${SERVER}", port })) {
    await line.write(new Uint8Array(1));
  }
})();`;
/** Prints after how many milliseconds port \`Deno.args[0]\` has said hello; 0: not within 2 s. */
const CALLER = `const began = performance.now();
setTimeout(() => { console.log(0); Deno.exit(); }, 2000);
const line = await Deno.connect({ hostname: "${SERVER}", port: Number(Deno.args[0]) });
await line.read(new Uint8Array(1));
console.log(performance.now() - began);
Deno.exit();`;

const why = await whyNoLab();

Deno.test({
  name: "a network delays and blocks as it is told; what ran in it ends with it",
  ignore: why !== null,
  async fn() {
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/greeter.ts`, GREETER);
    await Deno.writeTextFile(`${folder}/caller.ts`, CALLER);
    let greeter: Deno.ChildProcess;
    {
      await using lab = await Lab.open();
      await using network = new DeviceNetwork(lab);
      const [program = "", ...args] = [...lab.at("server"), Deno.execPath(), "run", "-A"];
      greeter = new Deno.Command(program, { args: [...args, `${folder}/greeter.ts`] }).spawn();
      while (!await lab.listens("server", 443)) await new Promise((again) => setTimeout(again, 50));
      const call = async (port: number) => {
        const command = [Deno.execPath(), "run", "-A", `${folder}/caller.ts`, String(port)];
        return Number(await lab.run("device", command));
      };

      await network.become({ ...GOOD, delay: 100 });
      // One round trip for the connection; what follows comes with its last packet.
      const took = await call(443);
      assert(took >= 200 && took < 1_000, `it took ${took} ms`);
      await network.become({ ...GOOD, passes: "443" });
      assertEquals(await call(80), 0);
      assert(await call(443) > 0);
      await network.become(GOOD);
      await network.moveTo("lte");
      await network.renumber();
      assert(await call(80) > 0);
    }
    assertEquals((await greeter.status).signal, "SIGKILL");
    const { stdout } = await new Deno.Command("ip", { args: ["netns", "list"] }).output();
    assert(!new TextDecoder().decode(stdout).includes(`live-support-${Deno.pid}-`));
    await Deno.remove(folder, { recursive: true });
  },
});
