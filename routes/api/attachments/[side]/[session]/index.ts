import { define } from "../../../../../app.ts";
import { refuse } from "../../../../../auth/refusals.ts";
import { readAnnouncement } from "../../../../../attachments/tus.ts";
import { filesAreOn, tusHeaders, withPass } from "../../../../(_shared)/attachment_access.ts";

/** Begins an upload (tus 1.0.0, extension creation). */
export const handler = define.handlers({
  POST: withPass(async (ctx, { pass, attachments }) => {
    const { config: { attachments: policy }, hub, now } = ctx.state.services;
    // Bytes are dear: none are begun while what was begun has to wait.
    if (hub.load.load !== "calm") return refuse("busy", { "Retry-After": "5" });
    const file = readAnnouncement(ctx.req.headers);
    if (file === null) return refuse("bad_json");
    if (!await filesAreOn(ctx, pass)) return refuse("files_off");
    if (file.size === 0) return refuse("file_empty");
    if (file.size > policy.maxFile) return refuse("file_too_large", {}, policy.maxFile);
    const upload = await attachments.begin(pass, file, policy, now());
    if (typeof upload === "string") return refuse(upload);
    const headers = tusHeaders({
      "Location": `${ctx.url.pathname}/${upload.id}`,
      "Upload-Offset": String(upload.offset),
    });
    return new Response(null, { status: 201, headers });
  }),
});
