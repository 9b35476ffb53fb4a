/** How good the call's connections are: bars, a sentence where something is wrong, details on request. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { CallQuality } from "../../client/call/types.ts";
import type { KeyOf } from "../../locales/catalogue.ts";
import { Icon } from "../Icon.tsx";
import { later } from "../later.tsx";
import { useSay } from "../words.tsx";
import { Bars } from "./Bars.tsx";

const Details = later(async () => (await import("./QualityDetails.tsx")).QualityDetails);

const SENTENCES = {
  measuring: "network.measuring",
  broken_here: "network.brokenHere",
  broken_there: "network.brokenThere",
  weak_here: "network.weakHere",
  weak_there: "network.weakThere",
  weak_both: "network.weakBoth",
  fair: "network.fair",
  good: "network.good",
} as const satisfies Record<CallQuality["verdict"]["value"], KeyOf<"network">>;

/** Nothing to act on, or said by the stage already: said only to who asks. */
const CALM: readonly string[] = ["measuring", "fair", "good", "broken_here", "broken_there"];

/** Props of the parts here. */
export interface QualityProps {
  readonly quality: CallQuality;
  /** The other person or device. */
  readonly name: string;
}

/** The bars of the weaker connection; tapping them opens and closes the details. */
export function QualityButton(
  { quality, name, open, onToggle }: QualityProps & {
    readonly open: boolean;
    readonly onToggle: () => void;
  },
) {
  const say = useSay();
  const { own, other, verdict } = quality;
  const bars = own.value === null ? null : Math.min(own.value, other.value ?? 4);
  const sentence = say(SENTENCES[verdict.value], { name });
  const label = bars === null ? sentence : say("network.qualityOf", { bars, sentence });
  return (
    <button
      type="button"
      class="quality-button"
      aria-label={label}
      title={label}
      aria-expanded={open}
      data-bars={bars}
      onClick={onToggle}
    >
      <Bars bars={bars} />
    </button>
  );
}

/** Says whose connection is weak, as soon as one is. */
export function QualitySentence({ quality, name }: QualityProps) {
  const say = useSay();
  const { value: verdict } = quality.verdict;
  // What rests says it already.
  const rests = quality.ownPicture.value !== null || quality.otherPicture.value !== null;
  return (
    <p class="quality-sentence" role="status">
      {rests || CALM.includes(verdict) ? null : say(SENTENCES[verdict], { name })}
    </p>
  );
}

const PAUSED = {
  both: { weak_here: "network.bothWeakHere", weak_there: "network.bothWeakThere" },
  other: { weak_here: "network.otherWeakHere", weak_there: "network.otherWeakThere" },
  own: { weak_here: "network.ownWeakHere", weak_there: "network.ownWeakThere" },
} as const;

/** Pictures that rest because a network does not carry them, and whose that is. */
export function PausedPictures({ quality, name }: QualityProps) {
  const say = useSay();
  const { value: own } = quality.ownPicture;
  const { value: other } = quality.otherPicture;
  const sentences = own === other && own !== null
    ? [PAUSED.both[own]]
    : [other && PAUSED.other[other], own && PAUSED.own[own]].filter((key) => key !== null);
  return (
    <div role="status">
      {sentences.length === 0 ? null : (
        <div class="paused-picture">
          <p class="paused-title">{say("network.paused")}</p>
          {sentences.map((key) => <p key={key}>{say(key, { name })}</p>)}
        </div>
      )}
    </div>
  );
}

/** The details of {@link QualityButton}, once they are loaded; Escape closes them. */
export function QualityPanel(
  { quality, name, onClose }: QualityProps & { readonly onClose: () => void },
) {
  const panel = useRef<HTMLElement>(null);
  const say = useSay();
  useLayoutEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      onClose();
    };
    addEventListener("keydown", escape);
    return () => {
      removeEventListener("keydown", escape);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <section ref={panel} class="quality-panel" tabIndex={-1} aria-label={say("network.quality")}>
      <div class="quality-head">
        <p>{say(SENTENCES[quality.verdict.value], { name })}</p>
        <button
          type="button"
          class="quality-close"
          aria-label={say("common.close")}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <Details quality={quality} name={name} />
    </section>
  );
}
