import type { FileBox } from "../../client/attach/file_box.ts";
import { canRetry, type FileProblem, type Item } from "../../client/attach/items.ts";
import { fileSize } from "../../client/format.ts";
import { phrase } from "../../locales/phrase.ts";
import type { Speaker } from "../../locales/speaker.ts";
import { Icon } from "../Icon.tsx";
import { useSpeaker } from "../words.tsx";
import { AttachIcon } from "./AttachIcon.tsx";

/** The files that are chosen or on their way, above the place where one writes. */
export function FileTray({ box }: { readonly box: FileBox }) {
  const { say } = useSpeaker();
  const items = box.items.value;
  const sending = items.filter(({ state }) => state.kind === "sending");
  const stalled = sending.some(({ state }) => state.kind === "sending" && state.stalled);
  return (
    <div class="tray-frame">
      <p class="visually-hidden" aria-live="polite">
        {stalled ? say("files.stalled") : null}
        {!stalled && sending.length > 0 ? say("files.sending", { count: sending.length }) : null}
      </p>
      {items.length === 0 ? null : (
        <ul class="tray" aria-label={say("files.tray")}>
          {items.map((item) => <TrayItem key={item.id} item={item} box={box} />)}
        </ul>
      )}
    </div>
  );
}

function TrayItem({ item, box }: { readonly item: Item; readonly box: FileBox }) {
  const speaker = useSpeaker();
  const { id, name, preview, state } = item;
  const under = state.kind === "queued" || state.kind === "sending";
  const label = speaker.say(under ? "files.cancel" : "files.remove", { name });
  return (
    <li class="tray-item" data-state={state.kind}>
      {preview === null
        ? <span class="tray-picture">{<AttachIcon name="file" />}</span>
        : <img class="tray-picture" src={preview} alt="" />}
      <div class="tray-about">
        <p class="tray-name" dir="auto">{name}</p>
        <p class="tray-line" role={state.kind === "stopped" ? "alert" : undefined}>
          {stateLine(speaker, item)}
        </p>
        {state.kind === "sending"
          ? <progress class="tray-bar" aria-label={name} max={item.size} value={state.sent} />
          : null}
      </div>
      {canRetry(item)
        ? (
          <button type="button" class="button button-small" onClick={() => box.retry(id)}>
            {speaker.say("common.tryAgain")}
          </button>
        )
        : null}
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        onClick={() => box.remove(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

function stateLine(speaker: Speaker, { state, size, original }: Item): string {
  const { say } = speaker;
  switch (state.kind) {
    case "preparing":
      return say("files.preparing");
    case "chosen":
      return original
        ? say("files.original", { size: fileSize(speaker, size) })
        : say("files.chosen", { size: fileSize(speaker, size) });
    case "queued":
      return say("files.queued");
    case "sending":
      return state.stalled ? say("files.stalled") : say("files.progress", {
        share: speaker.percent(size === 0 ? 0 : state.sent / size),
        size: fileSize(speaker, size),
      });
    case "interrupted":
      return say("files.interrupted");
    case "stopped":
      return problemLine(speaker, state.problem);
  }
}

function problemLine(speaker: Speaker, problem: FileProblem): string {
  const { say } = speaker;
  switch (problem.kind) {
    case "unreadable":
      return say("files.unreadable");
    case "failed":
      return say("files.failed");
    case "refused":
      return problem.limit === null
        ? say(phrase(`errors.${problem.code}`))
        : say("files.tooLarge", { size: fileSize(speaker, problem.limit) });
  }
}
