/** Arithmetic of the benchmark: percentiles and the one table. */

/** The `p`-th percentile (0 to 100) of some values. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p / 100))] ?? NaN;
}

/** One row of the table: a figure, its floor measured in the same run, and what is to be reached. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly floor: string;
  readonly ratio: string;
  readonly reach: string;
  readonly reached: boolean;
}

/** Prints the rows as a Markdown table. */
export function printTable(rows: readonly Row[]): void {
  console.log("\n| figure | measured | floor | ratio | to reach | |");
  console.log("|---|---|---|---|---|---|");
  for (const { what, measured, floor, ratio, reach, reached } of rows) {
    console.log(
      `| ${what} | ${measured} | ${floor} | ${ratio} | ${reach} | ${reached ? "yes" : "NO"} |`,
    );
  }
}

/** Milliseconds with two digits. */
export function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`;
}
