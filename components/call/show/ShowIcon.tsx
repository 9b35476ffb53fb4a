/** The icons of showing: 24 x 24, drawn in the colour of the text beside them, never read aloud. */

const PATHS = {
  pointer: "M5 3l5.5 16 2.6-6.4L19.5 10z",
  freeze: "M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9M9.5 4.5 12 7l2.5-2.5M9.5 19.5 12 17l2.5 2.5",
  draw: "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10",
  snapshot:
    "M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM12 9.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7",
  arrow: "M5 19 19 5M9.5 5H19v9.5",
  circle: "M12 5.5c4.7 0 8.5 2.9 8.5 6.5s-3.8 6.5-8.5 6.5S3.5 15.6 3.5 12 7.3 5.5 12 5.5z",
  line: "M3 15c4-9 7-9 8-4s3 7 5 2 3-5 5-4",
  number: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M10 9.5 12.5 8v8",
  undo: "M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4",
  clear: "M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 10.5v6M13.5 10.5v6",
} as const;

/** The name of such an icon. */
export type ShowIconName = keyof typeof PATHS;

/** One icon. Back in time is back along the line: mirrored where that runs from right to left. */
export function ShowIcon({ name }: { readonly name: ShowIconName }) {
  return (
    <svg
      class={name === "undo" ? "icon icon-along" : "icon"}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
