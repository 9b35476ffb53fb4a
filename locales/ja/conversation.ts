import type { conversation as english } from "../en/conversation.ts";
import type { Translated } from "../message.ts";

export const conversation: Translated<typeof english> = {
  message: "メッセージ",
  send: "送信",
  left: { other: "残り{count}文字" },
  tooMany: { other: "{count}文字超過" },
  messages: "メッセージ",
  empty: "メッセージは、セッションが終了すると消去されます。",
  newMessages: "新着メッセージ",
  newCount: { other: "新着{count}件" },
  latest: "最新",
  jump: "、最新のメッセージへ移動",
  sending: "送信中",
  sent: "送信済み",
  received: "受信済み",
  read: "既読",
  notSent: "送信できませんでした。{reason}",
  remove: "削除",
};
