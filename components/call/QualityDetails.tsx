/** Everything measured of the own way to the media node, with a graph. Loaded when asked for. */
import type { CallQuality } from "../../client/call/types.ts";
import type { Sample } from "../../client/call/quality_rating.ts";
import type { PictureSize } from "../../client/call/stats.ts";
import type { Speaker } from "../../locales/speaker.ts";
import { useSpeaker } from "../words.tsx";
import { Bars } from "./Bars.tsx";
import { ceiling, line } from "./graph.ts";

/** Props of {@link QualityDetails}. */
export interface QualityDetailsProps {
  readonly quality: CallQuality;
  readonly name: string;
}

/** A list of measurements that follows the call. */
export function QualityDetails({ quality, name }: QualityDetailsProps) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const samples = quality.samples.value;
  const latest = samples.at(-1);
  return (
    <>
      <Graph samples={samples} />
      <dl class="quality-list">
        <Side title={say("network.you")} bars={quality.own.value} />
        <Side title={name} bars={quality.other.value} />
        {latest === undefined
          ? null
          : rowsOf(latest, speaker).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

function Side({ title, bars }: { readonly title: string; readonly bars: number | null }) {
  const { say } = useSpeaker();
  return (
    <div>
      <dt dir="auto">{title}</dt>
      <dd>
        <Bars bars={bars} />{" "}
        {bars === null ? say("network.unknown") : say("network.bars", { bars })}
      </dd>
    </div>
  );
}

type Row = readonly [label: string, value: string];

function rowsOf(sample: Sample, speaker: Speaker): Row[] {
  const { say } = speaker;
  const unknown = say("network.unknown");
  const milliseconds = (value: number | null) =>
    value === null ? unknown : say("network.milliseconds", { value: Math.round(value) });
  const bits = (value: number | null) => value === null ? unknown : kilobits(speaker, value);
  const part = (value: number | null) => value === null ? unknown : speaker.percent(value);
  const both = (first: string, second: string) => say("network.pair", { first, second });
  const codecs = [sample.voiceCodec, sample.pictureCodec].filter((codec) => codec !== null);
  return [
    [say("network.roundTrip"), milliseconds(sample.roundTripMs)],
    [say("network.loss"), both(part(sample.lossIn), part(sample.lossOut))],
    [say("network.bitrate"), both(bits(sample.bitrateIn), bits(sample.bitrateOut))],
    [say("network.available"), both(bits(sample.availableIn), bits(sample.availableOut))],
    [say("network.jitter"), milliseconds(sample.jitterMs)],
    [say("network.videoIn"), picture(speaker, sample.pictureIn)],
    [say("network.videoOut"), picture(speaker, sample.pictureOut)],
    [say("network.codecs"), codecs.length === 0 ? unknown : speaker.list(codecs)],
    [say("network.path"), sample.path === null ? unknown : say(`network.${sample.path}`)],
  ];
}

function kilobits({ say }: Speaker, bits: number): string {
  return say("network.kilobits", { value: Math.round(bits / 1000) });
}

function picture({ say }: Speaker, size: PictureSize | null): string {
  if (size === null) return say("network.none");
  const { width, height, rate } = size;
  if (rate === null) return say("network.size", { width, height });
  return say("network.sizeRate", { width, height, rate: Math.round(rate) });
}

const WIDTH = 300;
const HEIGHT = 72;

/** What came in and went out; the two lines differ in more than colour. */
function Graph({ samples }: { readonly samples: readonly Sample[] }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const into = samples.map(({ bitrateIn }) => bitrateIn);
  const out = samples.map(({ bitrateOut }) => bitrateOut);
  const most = ceiling([...into, ...out]);
  const label = say("network.graph", { most: kilobits(speaker, most) });
  return (
    <figure class="quality-graph">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <path class="quality-in" d={line(into, most, WIDTH, HEIGHT)} />
        <path class="quality-out" d={line(out, most, WIDTH, HEIGHT)} />
      </svg>
      <figcaption>
        <span>{label}</span>
        <span class="quality-key">
          <svg viewBox="0 0 24 4" aria-hidden="true">
            <path class="quality-in" d="M0 2H24" />
          </svg>
          {say("network.graphIn")}
        </span>
        <span class="quality-key">
          <svg viewBox="0 0 24 4" aria-hidden="true">
            <path class="quality-out" d="M0 2H24" />
          </svg>
          {say("network.graphOut")}
        </span>
      </figcaption>
    </figure>
  );
}
