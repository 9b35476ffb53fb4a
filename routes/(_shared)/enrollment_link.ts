/** The answer that lets a device be set up: its link, and the same as a QR code. */
import type { Context } from "fresh";
import { renderSVG } from "uqr";
import type { State } from "../../app.ts";
import { newEnrollmentCode } from "../../auth/enrollment.ts";
import { refuse } from "../../auth/refusals.ts";
import type { Device } from "../../store/device.ts";
import { ENROLLMENT_MS } from "../../store/enrollments.ts";
import { linkBase } from "./request.ts";

const THIS_COMPUTER = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Makes a new link for `device`, which voids the one before. */
export async function answerWithLink(
  ctx: Context<State>,
  device: Pick<Device, "id" | "name">,
): Promise<Response> {
  const { stores, now } = ctx.state.services;
  const code = await newEnrollmentCode(stores, device.id, now());
  if (code === null) return refuse("unknown_device");
  const base = linkBase(ctx);
  const link = `${base}/enroll/${code}`;
  return Response.json({
    device: { id: device.id, name: device.name },
    link,
    /** SVG, black on white, to be read by a camera. */
    qr: renderSVG(link, { border: 2 }),
    /** Milliseconds since the epoch. */
    expiresAt: now() + ENROLLMENT_MS,
    /** It works on this very computer only. */
    localOnly: THIS_COMPUTER.test(new URL(base).hostname),
  }, { status: 201 });
}
