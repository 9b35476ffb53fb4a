/** What of a value is told in a log: enough to find the fault, nothing that people wrote (S8). */

/** A thrown value, as it is logged. */
export interface Described {
  readonly name: string;
  /** Without what it quotes. */
  readonly message: string;
  /** The innermost places it came through. */
  readonly at?: readonly string[];
  readonly cause?: Described;
}

const MAX_TEXT = 300;
const MAX_FRAMES = 5;
/** Causes of causes beyond this say nothing new. */
const MAX_DEPTH = 2;

/**
 * A text without what it quotes: JSON.parse, URL and fetch quote what they were given in their errors,
 * and that may be a person's text or an address with a token in it.
 */
export function withoutQuotes(text: string): string {
  return text
    // Of an address whose it is, nothing of what is asked for there.
    .replaceAll(/\b(\w+:\/\/)(?:[^\s\/@'"`]*@)?([\w.:[\]-]*)[^\s)'"`]*/g, "$1$2…")
    // Greedily: what is quoted may hold quotation marks itself.
    .replaceAll(/(?<!\w)(["'`]).*\1(?!\w)/gs, "$1…$1")
    .slice(0, MAX_TEXT);
}

/** What is told of a thrown value; of anything but an error only its type. */
export function describe(thrown: unknown, depth = 0): Described {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: "no error object" };
  const { name, message, stack = "", cause } = thrown;
  const at = framesOf(stack.slice(stack.indexOf(message) + message.length));
  return {
    name,
    message: withoutQuotes(message),
    ...(at.length === 0 ? {} : { at }),
    ...(cause === undefined || depth === MAX_DEPTH ? {} : { cause: describe(cause, depth + 1) }),
  };
}

function framesOf(stack: string): string[] {
  return [...stack.matchAll(/^ +at (?<where>.+)$/gm)].slice(0, MAX_FRAMES)
    .map(({ groups }) => groups?.where ?? "");
}
