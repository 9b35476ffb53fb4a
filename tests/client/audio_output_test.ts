/** Which browser chooses an audio output how, and what becomes of the choice. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  ASK,
  type AudioOutput,
  chooseTactic,
  type DeviceLike,
  outputFeatures,
  type OutputTactic,
  pairedOutputs,
  settleOutputs,
  sinkOutputs,
} from "../../client/call/audio_output.ts";

const APPLE = "Apple Computer, Inc.";
const GOOGLE = "Google Inc.";

/** User agents, vendors and members as browsers have them (MDN browser-compat-data, 2026). */
const BROWSERS: readonly {
  readonly name: string;
  readonly userAgent: string;
  readonly vendor: string;
  readonly setSinkId: boolean;
  readonly selectAudioOutput?: boolean;
  readonly tactic: OutputTactic;
}[] = [
  {
    name: "Chrome, Windows",
    userAgent:
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36",
    vendor: GOOGLE,
    setSinkId: true,
    tactic: { kind: "sink", bridged: false, asks: false },
  },
  {
    name: "Firefox, Linux",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
    vendor: "",
    setSinkId: true,
    selectAudioOutput: true,
    tactic: { kind: "sink", bridged: false, asks: true },
  },
  {
    name: "Safari 18.4, Mac",
    userAgent:
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.4 Safari/605.1.15",
    vendor: APPLE,
    setSinkId: true,
    tactic: { kind: "sink", bridged: true, asks: false },
  },
  {
    name: "Safari 17, Mac",
    userAgent:
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.6 Safari/605.1.15",
    vendor: APPLE,
    setSinkId: false,
    tactic: { kind: "none" },
  },
  {
    name: "Chrome, Android",
    userAgent:
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36",
    vendor: GOOGLE,
    setSinkId: false,
    tactic: { kind: "microphone" },
  },
  {
    name: "Firefox, Android",
    userAgent: "Mozilla/5.0 (Android 15; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0",
    vendor: "",
    setSinkId: false,
    tactic: { kind: "microphone" },
  },
  {
    name: "Safari, iPhone",
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 Version/18.4 Mobile/15E148 Safari/604.1",
    vendor: APPLE,
    setSinkId: true,
    tactic: { kind: "earpiece" },
  },
  {
    name: "Safari, iPad, which says it is a Mac",
    userAgent:
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.4 Safari/605.1.15",
    vendor: APPLE,
    setSinkId: true,
    tactic: { kind: "sink", bridged: true, asks: false },
  },
];

for (const { name, userAgent, vendor, setSinkId, selectAudioOutput = false, tactic } of BROWSERS) {
  Deno.test(`${name} chooses an audio output by: ${tactic.kind}`, () => {
    const features = outputFeatures({ userAgent, vendor }, { setSinkId, selectAudioOutput });
    assertEquals(chooseTactic(features), tactic);
  });
}

function device(kind: MediaDeviceKind, deviceId: string, label = deviceId): DeviceLike {
  return { kind, deviceId, label };
}

Deno.test("a sink has every real output and the system's choice, or nothing to choose", () => {
  const headset = device("audiooutput", "h", "Headset");
  const speakers = device("audiooutput", "s", "Speakers");
  const alias = device("audiooutput", "default", "Default - Speakers");
  assertEquals(sinkOutputs([alias, speakers], false), []);
  assertEquals(sinkOutputs([device("audiooutput", "h", ""), speakers], false), []);
  assertEquals(
    sinkOutputs([alias, speakers, headset, device("audioinput", "m")], false)
      .map(({ id, label }) => [id, label]),
    [["", "Default - Speakers"], ["s", "Speakers"], ["h", "Headset"]],
  );
  assertEquals(sinkOutputs([], true).map(({ kind }) => kind), ["default", "ask"]);
  assertEquals(sinkOutputs([], true).at(-1)?.id, ASK);
});

Deno.test("Android's outputs are read off its microphones; one kind alone is no choice", () => {
  const phone = [
    device("audioinput", "default", "Default"),
    device("audioinput", "1", "Speakerphone"),
    device("audioinput", "2", "Headset earpiece"),
  ];
  assertEquals(pairedOutputs(phone).map(({ kind }) => kind), ["default", "speaker", "earpiece"]);
  const bluetooth = [...phone, device("audioinput", "3", "Bluetooth headset")];
  assertEquals(pairedOutputs(bluetooth).at(-1), {
    id: "3",
    kind: "bluetooth",
    label: "Bluetooth headset",
  });
  assertEquals(pairedOutputs(phone.slice(0, 2)), []);
  assertEquals(pairedOutputs([device("audioinput", "x", "Mikrofon"), ...phone.slice(0, 2)]), []);
});

const OUTPUT: fc.Arbitrary<AudioOutput> = fc.constantFrom("a", "b", "c").map((id) => {
  return { id, kind: "other", label: id.toUpperCase() };
});
const LIST = fc.uniqueArray(OUTPUT, { selector: ({ id }) => id });

Deno.test("whatever comes and goes, what is in use is there, and what is lost was chosen and is not", () => {
  fc.assert(fc.property(
    LIST,
    LIST,
    fc.constantFrom("", "a", "b", "c"),
    fc.option(fc.constantFrom("", "a", "b", "c"), { nil: undefined }),
    (old, list, current, used) => {
      const { now, lost } = settleOutputs({ list: old, current }, list, used);
      const ids = ["", ...list.map(({ id }) => id)];
      assertEquals(ids.includes(now.current), true);
      assertEquals(lost?.id ?? null, ids.includes(current) ? null : current);
      if (lost !== null) {
        assertEquals(lost.label, old.find(({ id }) => id === current)?.label ?? null);
      }
    },
  ));
});
