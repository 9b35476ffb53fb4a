import { computed, signal } from "@preact/signals";
import type { Entry } from "../serialise.ts";

/** Reads back what `serialise()` wrote. */
export function deserialise(text: string): unknown {
  const table: Entry[] = JSON.parse(text);
  const values = new Map<number, unknown>();

  function read(index: number): unknown {
    if (values.has(index)) return values.get(index);
    const entry = table[index];
    const value = Array.isArray(entry) ? revive(index, entry[0], entry[1]) : entry;
    values.set(index, value);
    return value;
  }

  /** Containers are known by their index before they are filled, because they may hold themselves. */
  function container<T>(index: number, value: T, fill: (value: T) => void): T {
    values.set(index, value);
    fill(value);
    return value;
  }

  function revive(index: number, tag: string, content: unknown): unknown {
    switch (tag) {
      case "undefined":
        return undefined;
      case "number":
        return Number(content);
      case "bigint":
        return BigInt(content as string);
      case "date":
        return new Date(content === null ? NaN : content as number);
      case "url":
        return new URL(content as string);
      case "signal":
        return signal(read(content as number));
      case "computed": {
        const value = read(content as number);
        return computed(() => value);
      }
      case "array":
        return container<unknown[]>(index, [], (array) => {
          for (const item of content as number[]) array.push(read(item));
        });
      case "set":
        return container(index, new Set(), (set) => {
          for (const item of content as number[]) set.add(read(item));
        });
      case "map":
        return container(index, new Map(), (map) => {
          for (const [k, v] of content as [number, number][]) map.set(read(k), read(v));
        });
      default:
        return container(index, {}, (object) => {
          for (const [key, item] of content as [string, number][]) {
            const field = {
              value: read(item),
              writable: true,
              enumerable: true,
              configurable: true,
            };
            Object.defineProperty(object, key, field);
          }
        });
    }
  }

  return read(0);
}
