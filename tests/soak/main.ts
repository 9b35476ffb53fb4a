/**
 * `deno task soak`: 2,000 sessions for ten minutes; fails where memory or handles grow, where a text is
 * lost or doubled, or where the server complains. SOAK_SESSIONS and SOAK_SECONDS change the size.
 */
import { growth } from "./figures.ts";
import { soak } from "./soak.ts";

const sessions = Number(Deno.env.get("SOAK_SESSIONS") ?? 2000);
const seconds = Number(Deno.env.get("SOAK_SECONDS") ?? 600);

console.log("| s | resident MiB | heap MiB | handles | database MiB | latest timer ms |");
console.log("|---|---|---|---|---|---|");
const { deeds, samples, events, wrong } = await soak({
  ...{ sessions, seconds, every: Math.max(1, seconds / 60) },
  pace: { text: 10_000, session: 120_000, connection: 200_000 },
}, console.log);
const { texts, drops, connections, later, again } = deeds;
console.log(
  `\n${deeds.sessions} sessions, ${texts} texts, ${drops} lost connections, ` +
    `${connections} connections; brought twice and recognised: ${again}; ` +
    `refused for a moment: ${JSON.stringify(later)}; logged: ${JSON.stringify(events)}`,
);
for (const what of ["rss", "heap"] as const) {
  console.log(`${what} over the second half: ${(growth(samples, what) / 2 ** 20).toFixed(1)} MiB`);
}
console.log(`handles over the second half: ${growth(samples, "handles").toFixed(0)}`);
for (const sentence of wrong.slice(0, 50)) console.log(sentence);
console.log(wrong.length === 0 ? "All is well." : `${wrong.length} things were wrong.`);
Deno.exit(wrong.length === 0 ? 0 : 1);
