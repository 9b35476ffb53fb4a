import type { Finding } from "../../client/equipment_findings.ts";
import { useSay } from "../words.tsx";

/** Parts of the equipment, and what became of each. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  const say = useSay();
  return (
    <dl class="findings">
      {findings.map(({ part, result, problem }) => (
        <div key={part.key} class={problem ? "finding finding-problem" : "finding"}>
          <dt>{say(part)}</dt>
          <dd>{say(result)}</dd>
        </div>
      ))}
    </dl>
  );
}
