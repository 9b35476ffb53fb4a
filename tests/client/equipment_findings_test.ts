/** What a check of the equipment comes to, in phrases. */
import { assertEquals } from "@std/assert";
import {
  ago,
  legFindings,
  networkFinding,
  partFindings,
  problemsOf,
} from "../../client/equipment_findings.ts";
import { speakerOf } from "../../locales/catalogues.ts";
import { type EquipmentReport, type LegResult, NOTHING_CHECKED } from "../../protocol/equipment.ts";

const { say } = speakerOf("en");

function legs(...[web, node, udp, tcp, turn]: LegResult[]): EquipmentReport["network"] {
  const { network } = NOTHING_CHECKED;
  return {
    web: web ?? network.web,
    node: node ?? network.node,
    udp: udp ?? network.udp,
    tcp: tcp ?? network.tcp,
    turn: turn ?? network.turn,
  };
}

Deno.test("the first way that fails names what to do; nothing is said before all is known", () => {
  const key = (...results: LegResult[]) => networkFinding(legs(...results), true)?.text.key ?? null;
  assertEquals(key(), null);
  assertEquals(key("failed"), "equipment.networkWeb");
  assertEquals(key("ok", "failed"), "equipment.networkNode");
  assertEquals(key("ok", "ok", "ok"), null);
  assertEquals(key("ok", "ok", "ok", "failed", "unset"), "equipment.networkGood");
  assertEquals(key("ok", "ok", "failed", "ok", "failed"), "equipment.networkTcp");
  assertEquals(key("ok", "ok", "failed", "failed", "ok"), "equipment.networkRelayed");
  assertEquals(key("ok", "ok", "failed", "failed", "failed"), "equipment.networkBlocked");
  assertEquals(key("ok", "ok", "failed", "failed", "unset"), "equipment.networkBlocked");
  // A browser without calls: the network is not to blame, unless nothing gets through.
  assertEquals(networkFinding(legs("ok", "ok"), false)?.text.key, "call.unsupported");
  assertEquals(networkFinding(legs("failed"), false)?.text.key, "equipment.networkWeb");
});

Deno.test("the device user is not bothered with what is not set up; the technician is told", () => {
  const found = legs("ok", "ok", "ok", "ok", "unset");
  assertEquals(
    legFindings(found, true).map(({ part }) => part.key).includes("equipment.legTurn"),
    false,
  );
  assertEquals(legFindings(found, false).map(({ result }) => say(result)).at(-1), "not set up");
});

Deno.test("problems are what was tried and does not work, in a few words", () => {
  assertEquals(problemsOf(NOTHING_CHECKED), []);
  const report: EquipmentReport = {
    microphone: "missing",
    camera: "ok",
    speaker: "unheard",
    notifications: "unasked",
    network: legs("ok", "ok", "failed", "ok", "unset"),
  };
  assertEquals(problemsOf(report).map((problem) => say(problem)), [
    "no microphone",
    "sound not heard",
    "no UDP",
  ]);
  assertEquals(partFindings(report).map(({ problem }) => problem), [true, false, true, false]);
});

Deno.test("how long ago is said in the largest unit that fits", () => {
  const minute = 60_000;
  assertEquals(ago(1_000, 1_000), [0, "second"]);
  assertEquals(ago(0, 3 * minute), [-3, "minute"]);
  assertEquals(ago(0, 125 * minute), [-2, "hour"]);
  assertEquals(ago(0, 49 * 60 * minute), [-2, "day"]);
  assertEquals(ago(10 * minute, 0), [0, "second"], "a clock that is behind");
});
