import type { common as english } from "../en/common.ts";
import type { Translated } from "../message.ts";

export const common: Translated<typeof english> = {
  product: "Live Support",
  language: "言語",
  languageIs: "言語：{language}",
  loading: "読み込んでいます…",
  tryAgain: "もう一度試す",
  close: "閉じる",
  done: "完了",
  dismiss: "閉じる",
  reload: "再読み込み",
  copyLink: "リンクをコピー",
  copied: "コピーしました",
  cannotCopy: "リンクを選択してコピーしてください",
  answeredElsewhere: "別の場所で応答しました。",

  reconnecting: "再接続しています…入力した内容は保存されます。",
  closedSignedOut: "ログアウトしました。続けるには、もう一度ログインしてください。",
  closedRemoved:
    "このデバイスはLive Supportから削除されました。サポートチームに新しいリンクを依頼してください。",
  closedVersion: "Live Supportが更新されました。続けるには、このページを再読み込みしてください。",
  updateWaits:
    "Live Supportが更新されました。新しいバージョンは、ここでの作業が終わると読み込まれます。",
  closedReplaced:
    "Live Supportは別のタブで続いています。ここで続けるには、再読み込みしてください。",
  closedOther: "サーバーが接続を閉じました。続けるには、このページを再読み込みしてください。",

  noConnection:
    "現在、サーバーに接続していません。何も変更されていません。接続が戻ったら、もう一度お試しください。",
  unreachable: "サーバーに接続できませんでした。接続を確認してください。",
  refusedWithoutReason:
    "サーバーが理由を示さずに拒否しました。ページを再読み込みして、もう一度お試しください。",
};
