/** The icons: 24 x 24, drawn in the colour of the text beside them, never read aloud. */

const PATHS = {
  alert: "M12 3.5 2.5 20h19zM12 10v4.5M12 17.5v.01",
  arrowLeft: "M20 12H4m7-7-7 7 7 7",
  arrowDown: "M12 4v16m7-7-7 7-7-7",
  bell:
    "M12 3.5a5.5 5.5 0 0 1 5.5 5.5c0 4.5 2 6 2 7h-15c0-1 2-2.5 2-7A5.5 5.5 0 0 1 12 3.5M10 19.5a2.1 2.1 0 0 0 4 0",
  camera:
    "M3 7.5A1.5 1.5 0 0 1 4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5zM15 11l6-3.5v9L15 13",
  cameraOff:
    "M3 3l18 18M7 6h6.5A1.5 1.5 0 0 1 15 7.5V11l6-3.5v9l-4-2.3M14.6 17.5a1.5 1.5 0 0 1-1.1.5h-9A1.5 1.5 0 0 1 3 16.5v-9c0-.5.3-1 .7-1.3",
  captions: "M3.5 5.5h17v13h-17zM6.5 12.5h5M14 12.5h3.5M6.5 15.5h3M12 15.5h5.5",
  chat: "M4 5.5h16v11H10.5L6 20v-3.5H4z",
  check: "M4 12.5 9 18 20 6",
  close: "M5 5l14 14M19 5 5 19",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  globe:
    "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M3.5 9.5h17M3.5 14.5h17M12 3c-4.7 5-4.7 13 0 18M12 3c4.7 5 4.7 13 0 18",
  hangUp:
    "M3.2 15.3c-1-1.3-.9-3 .3-4.2 4.7-4.4 12.3-4.4 17 0 1.2 1.2 1.3 2.9.3 4.2l-.6.7c-.4.6-1.2.7-1.8.4L15.7 15.1c-.5-.3-.8-.8-.8-1.4v-1.6c-1.9-.6-3.9-.6-5.8 0v1.6c0 .6-.3 1.1-.8 1.4l-2.7 1.3c-.6.3-1.4.2-1.8-.4z",
  mic:
    "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M8.5 21h7",
  micOff:
    "M3 3l18 18M9 9v2a3 3 0 0 0 4.7 2.4M15 11.5V6a3 3 0 0 0-5.8-1.1M5.5 11a6.5 6.5 0 0 0 10.3 5.3M18.5 11a6.4 6.4 0 0 1-.7 2.9M12 17.5V21M8.5 21h7",
  more:
    "M4 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M18 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0",
  network: "M4.5 20v-4M9.5 20v-7.5M14.5 20V9M19.5 20V4.5",
  phone:
    "M5.2 4h3.3l1.7 4.5-2.2 1.7a12 12 0 0 0 5.8 5.8l1.7-2.2L20 15.5v3.3c0 .8-.7 1.4-1.5 1.3C10.8 19.4 4.6 13.2 3.9 5.5 3.8 4.7 4.4 4 5.2 4z",
  pip: "M3.5 5h17v14h-17zM12 12h6v4.5h-6z",
  plus: "M12 4v16M4 12h16",
  screen: "M3 5h18v11H3zM9 20h6M12 16v4M12 13V8m-2.5 2.5L12 8l2.5 2.5",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 21 21",
  send: "M4 12 3.5 4.5 21 12 3.5 19.5zM4 12h8",
  speaker: "M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  switchCamera:
    "M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM9 13.5a3 3 0 0 0 5.3 1.5M15 12a3 3 0 0 0-5.3-1.5M15.5 9.5V12H13M8.5 16v-2.5H11",
} as const;

/** They point along the line of writing: mirrored where it runs from right to left. */
const ALONG: ReadonlySet<string> = new Set(["arrowLeft", "chat", "send", "speaker"]);

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** One icon. What it means is said by the text or the accessible name of what it is in. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class={ALONG.has(name) ? "icon icon-along" : "icon"}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
