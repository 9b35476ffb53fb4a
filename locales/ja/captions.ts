import type { captions as english } from "../en/captions.ts";
import type { Translated } from "../message.ts";

export const captions: Translated<typeof english> = {
  captions: "字幕",
  language: "話す言語",
  preparing: "このデバイスで字幕を準備しています…",
  listening: "字幕はオンです。字幕はこのデバイスで作られ、どこにも保存されません。",
  failed: "このブラウザでは、その言語の字幕を作れません。",
};
