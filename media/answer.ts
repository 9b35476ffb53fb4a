/** How a media node says yes. */

/** What a page is answered when its request was carried out. */
export interface Answer {
  readonly kind: "answer";
  readonly data: Readonly<Record<string, unknown>>;
}

/** An answer with `data`. */
export function answer(data: Readonly<Record<string, unknown>>): Answer {
  return { kind: "answer", data };
}
