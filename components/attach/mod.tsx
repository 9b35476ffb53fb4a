/** What pages load for photos and files once a conversation is open: one script, on demand. */
import { FileBox, type FilePorts } from "../../client/attach/file_box.ts";

export { AttachButtons } from "./AttachButtons.tsx";
export { AttachmentView } from "./AttachmentView.tsx";
export { DropZone } from "./DropZone.tsx";
export { FileTray } from "./FileTray.tsx";
export { Lightbox } from "./Lightbox.tsx";

/** Opens a session's box of files. */
export function openFileBox(ports: FilePorts): FileBox {
  return new FileBox(ports);
}
