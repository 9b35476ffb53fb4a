/** Gives components the words of the page's language. */
import { type ComponentChildren, createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { type Say, Speaker, type Words } from "../locales/speaker.ts";

/** The speaker of the page; null outside of {@link Speaking} and {@link WithWords}. */
const SpeakerContext = createContext<Speaker | null>(null);

/** Lets the components within say things with `speaker`: around whole pages, on the server. */
export function Speaking({ speaker, children }: {
  readonly speaker: Speaker;
  readonly children: ComponentChildren;
}) {
  return <SpeakerContext.Provider value={speaker}>{children}</SpeakerContext.Provider>;
}

/** Lets an island say what the server gave it words for: the outermost element of every island. */
export function WithWords({ words, children }: {
  readonly words: Words;
  readonly children: ComponentChildren;
}) {
  const speaker = useMemo(() => new Speaker(words), [words]);
  return <Speaking speaker={speaker}>{children}</Speaking>;
}

/** What says messages and phrases, and formats dates and numbers. */
export function useSpeaker(): Speaker {
  const speaker = useContext(SpeakerContext);
  if (speaker === null) throw new Error("a component speaks outside of WithWords");
  return speaker;
}

/** What says messages and phrases. */
export function useSay(): Say {
  return useSpeaker().say;
}
