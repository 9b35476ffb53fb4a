/** The icons of photos and files: as those of Icon.tsx, loaded with what uses them. */

const PATHS = {
  clip: "m20 11.5-8.2 8.2a5 5 0 0 1-7.1-7.1l8.7-8.7a3.4 3.4 0 0 1 4.8 4.8L9.6 17.3a1.7 1.7 0 0 1" +
    "-2.4-2.4l7.6-7.6",
  file: "M6 3h8l4.5 4.5V21H6zM13.5 3v5h5",
  photo:
    "M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5" +
    "h-13A1.5 1.5 0 0 1 4 17.5zM12 9.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7",
  save: "M12 4v11m-5-5 5 5 5-5M4 17v3h16v-3",
} as const;

/** One icon. What it means is said by the name of what it is in. */
export function AttachIcon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
