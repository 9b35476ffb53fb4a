/** Files people send while things break. */
import { upload } from "../../client/attach/upload.ts";
import { newPageId } from "../../client/page_id.ts";
import { pauseBefore } from "../../client/reconnect.ts";
import type { FaultPage } from "./page.ts";
import { pass } from "./product.ts";
import { begin, type Conversation, fileLine, pagesOf, somebody, type World } from "./world.ts";

/** Two pieces and a bit. */
const FILE_BYTES = 140_000;
const MAX_FILES = 3;
/** A piece and a bit, of which less than a piece passes before it is torn. */
const TORN_BYTES = 70_000;
const TORN_WITHIN = 60_000;

/** Somebody sends a file. */
export function sendFile(world: World): void {
  const [conversation, page] = somebody(world);
  const whole = world.files.filter(({ bytes }) => bytes.length === FILE_BYTES);
  if (whole.length < MAX_FILES) send(world, conversation, page, FILE_BYTES);
}

/** Somebody sends a file, and its connection breaks in the middle of a piece. */
export function tearFile(world: World): void {
  const { dice, conversations } = world;
  for (const conversation of dice.shuffle(conversations)) {
    const pages = dice.shuffle(pagesOf(conversation));
    const page = pages.find((one) => one.session(conversation.device) !== null);
    if (page === undefined) continue;
    return send(world, conversation, page, TORN_BYTES, dice.between(1, TORN_WITHIN));
  }
}

/** @param tornAfter how many bytes of its first piece pass; absent: it is left alone. */
function send(
  world: World,
  conversation: Conversation,
  page: FaultPage,
  size: number,
  tornAfter?: number,
): void {
  const open = page.session(conversation.device);
  const said = conversation.said.get(page);
  if (open === null || said === undefined) return;
  const id = newPageId();
  const letters = Array.from({ length: size }, () => 97 + world.dice.between(0, 25));
  const bytes = new Uint8Array(letters);
  world.files.push({ id, bytes, conversation });
  let tear = tornAfter;
  begin(world, `file ${id} of ${page.id}`, () =>
    page.during(async () => {
      const [name, type] = ["notes.txt", "text/plain"];
      const outcome = await upload(
        {
          path: `/api/attachments/${page.side}/${open.id}`,
          fetch: (path, init) => {
            // Each request has a connection of its own (page.ts).
            if (tear !== undefined && init.method === "PATCH") {
              page.network.cutNext(tear);
              tear = undefined;
            }
            return page.fetch(path, init);
          },
          pause: (attempt) => pass(pauseBefore(attempt, 0.5)),
          progress() {},
          stalled() {},
          now: () => performance.now(),
        },
        { id, name, type, blob: new Blob([bytes]) },
        new AbortController().signal,
      );
      if (outcome.kind !== "done") throw new Error(`a file: ${JSON.stringify(outcome)}`);
      said.push(fileLine(id));
      open.sender.add("", { id, name, type, size: bytes.length });
    }));
}

/** A page of each conversation announces a file and sends a third of it; the session ends first. */
export async function leaveHalfFiles(
  world: World,
): Promise<{ readonly page: FaultPage; readonly session: string }[]> {
  return await Promise.all(world.conversations.map(async ({ pages, device }) => {
    const page = pages.device[0];
    const open = page?.session(device);
    if (page === undefined || !open) throw new Error("a conversation has no session");
    const cancelled = new AbortController();
    const half = Promise.withResolvers<void>();
    // The page is closed in the middle: it takes nothing back.
    void upload(
      {
        path: `/api/attachments/device/${open.id}`,
        fetch: (path, init) =>
          cancelled.signal.aborted ? new Promise(() => {}) : page.fetch(path, init),
        pause: (attempt) => pass(pauseBefore(attempt, 0.5)),
        progress: (sent) => {
          if (sent === 0) return;
          cancelled.abort();
          half.resolve();
        },
        stalled() {},
        now: () => performance.now(),
      },
      {
        id: newPageId(),
        name: "half.txt",
        type: "text/plain",
        blob: new Blob(["half ".repeat(50_000)]),
      },
      new AbortController().signal,
    );
    await half.promise;
    return { page, session: open.id };
  }));
}
