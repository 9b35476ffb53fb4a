/** One value of the table: itself if JSON has it, else a tag and what it is made of. */
export type Entry = string | number | boolean | null | [tag: string, content?: unknown];

interface SignalLike {
  peek(): unknown;
}

function isSignal(value: object): value is SignalLike {
  return "peek" in value && typeof value.peek === "function" && "value" in value;
}

/** Computed signals keep their function in a field whose name depends on the build of the library. */
function isComputed(value: object): boolean {
  return ["x", "_fn"].some((name) => typeof Reflect.get(value, name) === "function");
}

/**
 * Writes a value as text for the browser: a table of entries that point to each other by index, the
 * value itself first. What was one object or signal before is one again after `deserialise()`.
 */
export function serialise(root: unknown): string {
  const table: Entry[] = [];
  const indexes = new Map<unknown, number>();

  function add(value: unknown): number {
    const key = Object.is(value, -0) ? "-0 " + typeof value : value;
    const known = indexes.get(key);
    if (known !== undefined) return known;
    const index = table.push(null) - 1;
    indexes.set(key, index);
    table[index] = toEntry(value);
    return index;
  }

  function toEntry(value: unknown): Entry {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : ["number", Object.is(value, -0) ? "-0" : String(value)];
      case "undefined":
        return ["undefined"];
      case "bigint":
        return ["bigint", String(value)];
      case "object":
        return value === null ? null : toObjectEntry(value);
      default:
        throw new TypeError(`Island props cannot hold a ${typeof value}`);
    }
  }

  function toObjectEntry(value: object): Entry {
    if (Array.isArray(value)) return ["array", value.map(add)];
    if (isSignal(value)) return [isComputed(value) ? "computed" : "signal", add(value.peek())];
    if (value instanceof Date) return ["date", value.getTime()];
    if (value instanceof URL) return ["url", value.href];
    if (value instanceof Set) return ["set", [...value].map(add)];
    if (value instanceof Map) return ["map", [...value].map(([k, v]) => [add(k), add(v)])];
    const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
    if (ArrayBuffer.isView(value) || /^(?:RegExp|Promise|Temporal\..*)$/.test(kind)) {
      throw new TypeError(`Island props cannot hold a ${kind}`);
    }
    return ["object", Object.entries(value).map(([key, item]) => [key, add(item)])];
  }

  add(root);
  return JSON.stringify(table);
}
