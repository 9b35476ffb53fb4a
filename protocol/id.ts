/** The form of every id that travels: of devices, sessions, files, tickets and media nodes. */
import * as v from "valibot";

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** An id from outside, checked. */
export const IdSchema = v.pipe(v.string(), v.regex(ID));

/** Whether `text`, e.g. a part of an address, can be an id at all. */
export function isId(text: string): boolean {
  return ID.test(text);
}
