/** A line through measurements, as the path of an SVG. Pure. */

/** How many measurements a graph is wide at least; fewer begin further to the right. */
const LEAST_POINTS = 15;

/** The least round number that no value exceeds: 1, 2 or 5 times a power of ten, at least 1000. */
export function ceiling(values: readonly number[]): number {
  const most = Math.max(1_000, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((round) => round >= most) ?? most;
}

/** SVG path data (SVG 2, section 9.3) from the left to the right edge; empty below two values. */
export function line(
  values: readonly number[],
  most: number,
  width: number,
  height: number,
): string {
  if (values.length < 2) return "";
  const across = Math.max(LEAST_POINTS, values.length);
  const points = values.map((value, n) => {
    const x = width * (across - values.length + n) / (across - 1);
    const y = height * (1 - Math.min(1, Math.max(0, value / most)));
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join("L")}`;
}
