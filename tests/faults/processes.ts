/** What /proc tells of processes (Linux). */

/** The child of `parent` whose program has this name; null: there is none. */
export async function childOf(parent: number, name: string): Promise<number | null> {
  // Threads start children, too; each lists its own.
  const threads = [...Deno.readDirSync(`/proc/${parent}/task`)].map((thread) => thread.name);
  const lists = await Promise.all(
    threads.map((thread) => read(`/proc/${parent}/task/${thread}/children`)),
  );
  for (const pid of lists.join(" ").split(/\s+/).filter((one) => one !== "")) {
    if ((await read(`/proc/${pid}/cmdline`)).includes(name)) return Number(pid);
  }
  return null;
}

/** Whether there is such a process, and it has not ended. */
export async function isRunning(pid: number): Promise<boolean> {
  const status = await read(`/proc/${pid}/stat`);
  return status !== "" && !/\) [ZX] /.test(status);
}

async function read(path: string): Promise<string> {
  return await Deno.readTextFile(path).catch(() => "");
}
