import type { ReadonlySignal } from "@preact/signals";
import type { Presenter } from "../../../client/call/show/presenter.ts";
import { type Tool, TOOLS } from "../../../client/call/show/pen.ts";
import type { Size } from "../../../client/call/show/shapes.ts";
import { COLOURS } from "../../../protocol/show.ts";
import { Overlay, PictureView } from "./SceneView.tsx";
import { TOOL_KEYS, UNDO_KEY } from "./shortcuts.ts";
import { ShowIcon, type ShowIconName } from "./ShowIcon.tsx";
import { SnapshotView } from "./SnapshotView.tsx";
import { Surface } from "./Surface.tsx";
import { useSay, useSpeaker } from "../../words.tsx";

/** Props of {@link TechnicianGround}. */
export interface TechnicianGroundProps {
  readonly show: Presenter;
  /** The device. */
  readonly name: string;
  /** The size of the device's moving picture; null: there is none. */
  readonly size: ReadonlySignal<Size | null>;
}

/** What the technician points at and draws on. */
export function TechnicianGround({ show, name, size }: TechnicianGroundProps) {
  const say = useSay();
  const { easel } = show;
  const ground = show.ground.value;
  const mode = easel.mode.value;
  const crosshair = easel.crosshair.value;
  if (ground.kind === "frozen") {
    const { picture } = ground;
    const area = mode === "draw" ? "show.drawingArea" : "show.pointingArea";
    return (
      <div class="show-layer">
        <PictureView picture={picture} label={say("show.frozenPicture", { name })} />
        <Overlay
          over={picture}
          marks={show.marks.value}
          pointer={show.pointer.value}
          crosshair={crosshair}
          label={say("show.ownDrawing", { count: show.marks.value.length })}
        />
        {mode === "look"
          ? null
          : <Surface easel={easel} over={picture} label={say(area, { name })} />}
      </div>
    );
  }
  const live = size.value;
  if (ground.kind !== "live" || mode !== "point" || live === null) return null;
  return (
    <div class="show-layer">
      <Overlay
        over={live}
        marks={[]}
        pointer={show.pointer.value}
        crosshair={crosshair}
        label={say("show.pointer")}
      />
      <Surface easel={easel} over={live} label={say("show.pointingArea", { name })} />
    </div>
  );
}

/** The technician's tools; there while there is something to show on. */
export function TechnicianBar({ show, size, sends }: {
  readonly show: Presenter;
  readonly size: ReadonlySignal<Size | null>;
  readonly sends: boolean;
}) {
  const say = useSay();
  const { easel } = show;
  const ground = show.ground.value;
  const mode = easel.mode.value;
  const toggle = (wanted: "point" | "draw") => easel.setMode(mode === wanted ? "look" : wanted);
  const frozen = ground.kind !== "live";
  return (
    <div class="show-bar">
      {mode === "draw" ? <DrawingTools show={show} /> : null}
      {sends || frozen
        ? (
          <div class="show-tools" role="group" aria-label={say("show.tools")}>
            <Toggle
              icon="pointer"
              on={mode === "point"}
              disabled={!frozen && size.value === null}
              onClick={() => toggle("point")}
            />
            <button
              type="button"
              class="button show-tool"
              title={say(frozen ? "show.unfreeze" : "show.freeze")}
              aria-pressed={frozen}
              onClick={() => frozen ? show.unfreeze() : show.freeze()}
            >
              <Named icon="freeze">{say(frozen ? "show.unfreeze" : "show.freeze")}</Named>
            </button>
            <Toggle icon="draw" on={mode === "draw"} onClick={() => toggle("draw")} />
            <button
              type="button"
              class="button show-tool"
              title={say("show.snapshot")}
              disabled={show.snapshot.value.kind !== "none"}
              onClick={() => show.askSnapshot()}
            >
              <Named icon="snapshot">{say("show.snapshot")}</Named>
            </button>
          </div>
        )
        : null}
      <p role="status" class="show-note">
        <Remark show={show} />
      </p>
      <SnapshotView show={show} />
    </div>
  );
}

/** A tool's picture and name; where there is no room the name is only read aloud. */
function Named({ icon, children }: { readonly icon: ShowIconName; readonly children: string }) {
  return (
    <>
      <ShowIcon name={icon} /> <span class="show-tool-name">{children}</span>
    </>
  );
}

function Toggle({ icon, on, disabled = false, onClick }: {
  readonly icon: "pointer" | "draw";
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  const say = useSay();
  return (
    <button
      type="button"
      class="button show-tool"
      title={say(`show.${icon}`)}
      aria-pressed={on}
      disabled={disabled}
      onClick={onClick}
    >
      <Named icon={icon}>{say(`show.${icon}`)}</Named>
    </button>
  );
}

function DrawingTools({ show }: { readonly show: Presenter }) {
  const say = useSay();
  const { easel } = show;
  const none = show.marks.value.length === 0;
  return (
    <div class="show-tools" role="group" aria-label={say("show.drawing")}>
      {TOOLS.map((tool) => (
        <Small
          key={tool}
          icon={tool}
          shortcut={TOOL_KEYS[tool]}
          on={easel.tool.value === tool}
          onClick={() => easel.setTool(tool)}
        />
      ))}
      <div class="show-colours" role="group" aria-label={say("show.colours")}>
        {COLOURS.map((colour) => (
          <button
            type="button"
            key={colour}
            class={`show-colour show-${colour}`}
            aria-label={say(`show.${colour}`)}
            title={say(`show.${colour}`)}
            aria-pressed={easel.colour.value === colour}
            onClick={() => easel.colour.value = colour}
          />
        ))}
      </div>
      <Small icon="undo" shortcut={UNDO_KEY} disabled={none} onClick={() => easel.undo()} />
      <Small icon="clear" disabled={none} onClick={() => easel.clear()} />
    </div>
  );
}

/** A tool that is known by its picture; its name and key are in its tooltip. */
function Small({ icon, shortcut, on, disabled, onClick }: {
  readonly icon: Tool | "undo" | "clear";
  readonly shortcut?: string;
  readonly on?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  const say = useSay();
  const name = say(`show.${icon}`);
  return (
    <button
      type="button"
      class="button show-tool show-small"
      aria-label={name}
      title={shortcut === undefined ? name : say("show.withKey", { name, key: shortcut })}
      aria-keyshortcuts={shortcut}
      aria-pressed={on}
      disabled={disabled}
      onClick={onClick}
    >
      <ShowIcon name={icon} />
    </button>
  );
}

/** What the technician has to know now; nothing otherwise. */
function Remark({ show }: { readonly show: Presenter }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const ground = show.ground.value;
  if (ground.kind === "freezing") {
    const share = show.progress.value.get(ground.id) ?? 0;
    return <>{say("show.sharpening", { percent: speaker.percent(share) })}</>;
  }
  if (show.easel.full.value) return <>{say("show.full")}</>;
  const why = show.closed.value;
  return why === null ? null : <>{say(why === "closed" ? "show.closedByUser" : "show.noVideo")}</>;
}
