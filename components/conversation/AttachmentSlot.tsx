import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { OpenSession } from "../../client/open_session.ts";
import type { Attachment } from "../../protocol/attachment.ts";
import { attachParts } from "./attach_parts.ts";

/** The session whose messages are shown. */
export const ShownSession = createContext<OpenSession | null>(null);

/** The file of a message, once the part of the page for it is here; its name until then. */
export function AttachmentSlot({ attachment }: { readonly attachment: Attachment }) {
  const session = useContext(ShownSession);
  const parts = attachParts();
  if (parts === null || session === null) return <p dir="auto">{attachment.name}</p>;
  return <parts.AttachmentView session={session} attachment={attachment} />;
}
