/** What the two pages of a call tell each other to show something: pictures, marks, a pointer. */
import * as v from "valibot";
import { PictureId, PointSchema, SceneSchema, StepSchema } from "./show.ts";

/** The most bytes of a picture (JPEG). */
export const MAX_PICTURE_BYTES = 400 * 1024;
/** How many bytes one part carries: small, so that a voice on a thin line gets past it. */
export const PART_BYTES = 9 * 1024;

const MAX_PARTS = Math.ceil(MAX_PICTURE_BYTES / PART_BYTES);
const MAX_SIDE = 8_192;

const Rev = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Part = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_PARTS - 1));
const Pixels = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_SIDE));
/** One encoding of a picture; what was received of another one does not fit. */
const Copy = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A part is base64 (RFC 4648, section 4): four characters for three bytes. */
const Data = v.pipe(
  v.string(),
  v.minLength(4),
  v.maxLength(PART_BYTES / 3 * 4),
  v.regex(/^[A-Za-z0-9+/]+={0,2}$/),
);

/** The messages of the technician's page. */
export const SHOW_BY_TECHNICIAN = [
  /** The whole scene: after every meeting, and whenever the picture changes. */
  v.strictObject({
    type: v.literal("show_scene"),
    page: PictureId,
    rev: Rev,
    scene: SceneSchema,
  }),
  v.strictObject({ type: v.literal("show_step"), page: PictureId, rev: Rev, step: StepSchema }),
  /** Where the technician points now; null: nowhere. */
  v.strictObject({ type: v.literal("show_pointer"), at: v.nullable(PointSchema) }),
  /** Asks the device user for a picture to keep: the frozen one, or (null) of what is to be seen. */
  v.strictObject({
    type: v.literal("snapshot_ask"),
    snapshot: PictureId,
    of: v.nullable(PictureId),
  }),
  /** Does not want it any more, or has it. */
  v.strictObject({ type: v.literal("snapshot_cancel"), snapshot: PictureId }),
] as const;

/** The messages of the device's page. */
export const SHOW_BY_DEVICE = [
  /** It missed something: say the whole scene. */
  v.strictObject({ type: v.literal("show_again") }),
  /** The picture is not shown: the user closed it, or there is no video to take one of. */
  v.strictObject({
    type: v.literal("show_closed"),
    picture: PictureId,
    why: v.picklist(["closed", "no_video"]),
  }),
  /** The user's answer. A picture that was not there yet is announced before it, by that name. */
  v.strictObject({
    type: v.literal("snapshot_answer"),
    snapshot: PictureId,
    answer: v.picklist(["allowed", "refused", "failed"]),
  }),
] as const;

/** The messages of both: a picture goes over in parts, as many at once as the receiver asks for. */
export const SHOW_BY_BOTH = [
  /** The sender holds this picture. */
  v.strictObject({
    type: v.literal("picture"),
    picture: PictureId,
    copy: Copy,
    width: Pixels,
    height: Pixels,
    bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_PICTURE_BYTES)),
  }),
  v.strictObject({ type: v.literal("picture_ask"), picture: PictureId, copy: Copy, part: Part }),
  v.strictObject({
    type: v.literal("picture_part"),
    picture: PictureId,
    copy: Copy,
    part: Part,
    data: Data,
  }),
] as const;
