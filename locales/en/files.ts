import type { Section } from "../message.ts";

/** Photos and files in a session. */
export const files = {
  attach: "Attach file",
  takePhoto: "Take photo",
  drop: "Drop files here",
  tray: "Files to send",
  remove: "Remove {name}",
  cancel: "Cancel {name}",
  preparing: "Preparing…",
  chosen: "{size}, ready to send",
  original: "{size}, ready to send. It may say where the photo was taken.",
  queued: "Waiting for its turn",
  progress: "{share} of {size}",
  stalled: "No connection. It goes on by itself.",
  sending: { one: "Sending {count} file", other: "Sending {count} files" },
  interrupted: "The page was reloaded. Choose the file again.",
  unreadable: "This photo cannot be read, so it was not sent.",
  failed: "It could not be sent.",
  tooLarge: "Too large. A file may have at most {size}.",
  open: "Open {name}",
  save: "Save {name}",
  saveThis: "Save",
  notLoaded: "The picture could not be loaded.",
  photo: "Photo",
} as const satisfies Section;
