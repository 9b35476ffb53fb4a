/** Who may reach the files of a session: its two sides, nobody else (A1, A2). */
import type { Context } from "fresh";
import type { State } from "../../app.ts";
import { refuse } from "../../auth/refusals.ts";
import { may } from "../../auth/rights.ts";
import { TUS_VERSION } from "../../attachments/tus.ts";
import { isId } from "../../protocol/id.ts";
import { availability } from "../../protocol/service.ts";
import type { Pass, Upload } from "../../store/attachments.ts";

/** What a handler of a file is given. */
export interface Access {
  readonly pass: Pass;
  readonly attachments: State["services"]["stores"]["attachments"];
}

/**
 * A handler for one side of a session. A session that is over, somebody else's or never was all get
 * the same answer (S7, A2).
 */
export function withPass(
  handle: (ctx: Context<State>, access: Access) => Promise<Response>,
): (ctx: Context<State>) => Promise<Response> {
  return async (ctx) => {
    const { side, session = "" } = ctx.params;
    if (side !== "technician" && side !== "device") return refuse("not_found");
    const person = personOf(side, ctx.state);
    if (person === null) return refuse("not_signed_in");
    const { attachments } = ctx.state.services.stores;
    const pass = isId(session) ? await attachments.pass(side, person, session) : null;
    return pass === null ? refuse("session_ended") : await handle(ctx, { pass, attachments });
  };
}

function personOf(side: Pass["side"], { technician, device }: State): string | null {
  if (side === "device") return device?.device.id ?? null;
  if (technician === null || !may(technician.technician.role, "live_support")) return null;
  return technician.technician.id;
}

/** As {@link withPass}, for one file of the session, `[id]` in the path. */
export function withUpload(
  handle: (ctx: Context<State>, access: Access & { readonly upload: Upload }) => Promise<Response>,
): (ctx: Context<State>) => Promise<Response> {
  return withPass(async (ctx, access) => {
    const { id = "" } = ctx.params;
    const upload = isId(id) ? await access.attachments.find(access.pass, id) : null;
    return upload === null ? refuse("unknown_file") : await handle(ctx, { ...access, upload });
  });
}

/** Whether files may be sent in this session now (M1). */
export async function filesAreOn(ctx: Context<State>, pass: Pass): Promise<boolean> {
  const { policy, devices } = ctx.state.services.stores;
  const [everywhere, device] = await Promise.all([policy.chatService(), devices.get(pass.device)]);
  return device !== null && availability(everywhere, device.chatService).files;
}

/** Headers of every answer to an upload. */
export function tusHeaders(headers: Record<string, string> = {}): Headers {
  return new Headers({ "Tus-Resumable": TUS_VERSION, "Cache-Control": "no-store", ...headers });
}
