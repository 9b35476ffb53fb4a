/** Keys on the picture. They work only while it has the focus (WCAG 2.2, 2.1.4). */
import type { Easel } from "../../../client/call/show/easel.ts";
import type { Tool } from "../../../client/call/show/pen.ts";

/** How far an arrow key goes, and with Shift; in units of a picture. */
const STEP = 250;
const SMALL_STEP = 50;

/** The key of each tool. */
export const TOOL_KEYS: Readonly<Record<Tool, string>> = {
  arrow: "A",
  circle: "C",
  line: "L",
  number: "N",
};
/** The key that takes the last mark back. */
export const UNDO_KEY = "U";

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Does what the key is for; false: it is for nothing here. */
export function pressed(easel: Easel, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const arrow = ARROWS[event.key];
  if (arrow !== undefined) {
    const step = event.shiftKey ? SMALL_STEP : STEP;
    easel.nudge(arrow[0] * step, arrow[1] * step);
    return true;
  }
  if (event.key === "Enter" || event.key === " ") {
    easel.strike();
    return true;
  }
  if (event.key === "Escape") {
    if (!easel.cancel()) easel.setMode("look");
    return true;
  }
  return easel.mode.peek() === "draw" && chosen(easel, event.key.toUpperCase());
}

function chosen(easel: Easel, key: string): boolean {
  if (key === UNDO_KEY) {
    easel.undo();
    return true;
  }
  const tool = (Object.keys(TOOL_KEYS) as Tool[]).find((tool) => TOOL_KEYS[tool] === key);
  if (tool === undefined) return false;
  easel.setTool(tool);
  return true;
}
