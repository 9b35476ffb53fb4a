/**
 * The log: one JSON object a line for programs, one readable line for a person at a terminal. On
 * standard error; standard output belongs to what tasks print for people.
 */
import { describe, type Described, withoutQuotes } from "./describe.ts";
import {
  type EventName,
  EVENTS,
  type FailureName,
  type FieldName,
  type Fields,
  type FieldsOf,
  type Level,
} from "./events.ts";
import { SaidFailure } from "./said.ts";

/** What LOG may be set to; `auto`: readable on a terminal, JSON elsewhere. */
export const LOG_FORMATS = ["auto", "json", "text"] as const;

/** One of them. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** A field as it is written. */
type Written = string | number | null | Described;

/** What goes with an event: all of its fields, and nothing where it has none. */
type Told<Name extends EventName> = (typeof EVENTS)[Name]["fields"] extends readonly [] ? []
  : [fields: FieldsOf<Name>];

/** One event that happened. */
export interface Entry {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly level: Level;
  readonly event: EventName;
  readonly message: string;
  readonly fields: Readonly<Partial<Record<FieldName, Written>>>;
}

type Sink = (entry: Entry) => void;

/** A compiler's last lines say nothing of people and need more room. */
const MAX_OUTPUT = 4_000;

let sink: Sink = (entry) => console.error(lineOf(entry, "auto"));

/** From here on lines have this form. */
export function openLog(format: LogFormat): void {
  sink = (entry) => console.error(lineOf(entry, format));
}

/** Whether lines of this form are for a person. */
export function isReadable(format: LogFormat): boolean {
  return format === "text" || (format === "auto" && Deno.stderr.isTerminal());
}

/** Hands what is logged to `hear` instead, until it is disposed. For tests. */
export function divertLog(hear: Sink): Disposable {
  const before = sink;
  sink = hear;
  return {
    [Symbol.dispose]() {
      sink = before;
    },
  };
}

/** Logs that `event` happened; not where it is about a {@link SaidFailure}. */
export function log<Name extends EventName>(event: Name, ...told: Told<Name>): void {
  tell(event, told[0] ?? {});
}

/** Logs a failure of which there is nothing to say but what was thrown. */
export function logFailure(event: FailureName, error: unknown): void {
  tell(event, { error });
}

function tell(event: EventName, fields: Partial<Fields>): void {
  if (fields.error instanceof SaidFailure) return;
  const { level, message } = EVENTS[event];
  sink({ time: now(), level, event, message, fields: write(fields) });
}

/** From here on a fault of the program ends the process with a line of the log. */
export function logCrashes(): void {
  const crash = (event: Event, error: unknown) => {
    event.preventDefault();
    logFailure("crashed", error);
    Deno.exit(1);
  };
  addEventListener("error", (event) => crash(event, event.error));
  addEventListener("unhandledrejection", (event) => crash(event, event.reason));
}

/** An entry as one line. */
export function lineOf(entry: Entry, format: LogFormat): string {
  const { time, level, event, message, fields } = entry;
  if (!isReadable(format)) return JSON.stringify({ time, level, event, message, ...fields });
  const told = Object.entries(fields).map(([name, value]) =>
    typeof value === "object" && value !== null ? stackOf(value) : ` ${name}=${value}`
  );
  return `${time.slice(11, 19)} ${level.padEnd(7)} ${event}: ${message}${told.join("")}`;
}

function stackOf({ name, message, at = [], cause }: Described): string {
  const lines = [`${name}: ${message}`, ...at.map((where) => `  at ${where}`)];
  const own = lines.map((line) => `\n    ${line}`).join("");
  return cause === undefined ? own : `${own}\n    because of${stackOf(cause)}`;
}

function now(): string {
  return new Date().toISOString();
}

function write(fields: Partial<Fields>): Entry["fields"] {
  const { error, output, ...rest } = fields;
  const written: Partial<Record<FieldName, Written>> = {};
  for (const [name, value] of Object.entries(rest)) {
    written[name as keyof typeof rest] = typeof value === "string" ? withoutQuotes(value) : value;
  }
  if (output !== undefined) written.output = output.slice(-MAX_OUTPUT);
  if ("error" in fields) written.error = describe(error);
  return written;
}
