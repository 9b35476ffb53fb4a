import type { sound as english } from "../en/sound.ts";
import type { Translated } from "../message.ts";

export const sound: Translated<typeof english> = {
  speaker: "スピーカー",
  earpiece: "受話口",
  headset: "ヘッドセット",
  another: "その他の出力先…",
  lost: "{name}の接続が切れました。音声は、システムが選んだ出力先から流れます。",
  lostUnnamed: "音声の出力先の接続が切れました。音声は、システムが選んだ出力先から流れます。",
  pip: "小窓で表示",
};
