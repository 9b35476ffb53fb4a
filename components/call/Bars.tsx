/** Four bars; how many are filled says as much as their colour. */
export function Bars({ bars }: { readonly bars: number | null }) {
  return (
    <svg class="quality-bars" viewBox="0 0 22 16" aria-hidden="true" focusable="false">
      {[1, 2, 3, 4].map((bar) => (
        <rect
          key={bar}
          class={bar <= (bars ?? 0) ? "quality-bar-on" : "quality-bar"}
          x={bar * 5.5 - 4.75}
          y={15 - bar * 3.5}
          width="4"
          height={bar * 3.5 + 0.25}
          rx="1"
        />
      ))}
    </svg>
  );
}
