import { define } from "../../../../../app.ts";
import { refuse } from "../../../../../auth/refusals.ts";
import { downloadHeaders, wantedSpan } from "../../../../../attachments/download.ts";
import { receive, SILENCE_MS } from "../../../../../attachments/receive.ts";
import { OFFSET_TYPE, readOffset } from "../../../../../attachments/tus.ts";
import { asAttachment } from "../../../../../store/attachments.ts";
import { filesAreOn, tusHeaders, withUpload } from "../../../../(_shared)/attachment_access.ts";

/** One file: how much of it is there, more of it, all of it, away with it (tus 1.0.0, core). */
export const handler = define.handlers({
  HEAD: withUpload((_ctx, { pass, upload }) => {
    if (upload.from !== pass.side) return Promise.resolve(refuse("unknown_file"));
    const { offset, size } = upload;
    const headers = tusHeaders({ "Upload-Offset": `${offset}`, "Upload-Length": `${size}` });
    return Promise.resolve(new Response(null, { headers }));
  }),
  PATCH: withUpload(async (ctx, { pass, attachments, upload }) => {
    if (upload.from !== pass.side) return refuse("unknown_file");
    const { headers, body } = ctx.req;
    if (headers.get("content-type") !== OFFSET_TYPE || body === null) return refuse("bad_json");
    if (readOffset(headers) !== upload.offset) return refuse("file_moved");
    if (!await filesAreOn(ctx, pass)) return refuse("files_off");
    const { config: { attachments: policy }, now } = ctx.state.services;
    const leave = attachments.admit(pass);
    if (leave === null) return refuse("busy", { "Retry-After": "5" });
    const ports = { attachments, policy, now, silence: SILENCE_MS };
    const after = await receive(ports, pass, upload, body).finally(leave);
    if (typeof after === "string") return refuse(after);
    return new Response(null, {
      status: 204,
      headers: tusHeaders({ "Upload-Offset": String(after.offset) }),
    });
  }),
  GET: withUpload((ctx, { pass, attachments, upload }) => {
    const file = asAttachment(upload);
    if (file === null) return Promise.resolve(refuse("unknown_file"));
    const span = wantedSpan(ctx.req.headers, file);
    if (span === null) {
      const headers = { "Content-Range": `bytes */${file.size}` };
      return Promise.resolve(refuse("bad_range", headers));
    }
    const whole = span.to - span.from === file.size;
    const body = attachments.read(pass, file.id, span.from, span.to);
    const headers = downloadHeaders(file, span);
    return Promise.resolve(new Response(body, { status: whole ? 200 : 206, headers }));
  }),
  DELETE: withUpload(async (_ctx, { pass, attachments, upload }) => {
    const removed = await attachments.remove(pass, upload.id);
    return removed
      ? new Response(null, { status: 204, headers: tusHeaders() })
      : refuse("forbidden");
  }),
});
