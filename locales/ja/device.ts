import type { device as english } from "../en/device.ts";
import type { Translated } from "../message.ts";

export const device: Translated<typeof english> = {
  notInstalled: "未インストール",
  disabled: "無効",
  connected: "接続中",
  disconnected: "未接続",
  oneMoment: "お待ちください…",
  meaningUnknown: "サーバーに状態を確認しています。",
  meaningNotInstalled:
    "このデバイスでは、Live Supportがまだ設定されていません。ページを再読み込みして設定してください。",
  meaningDisabled: "サポートチームが、このデバイスのLive Supportをオフにしました。",
  meaningConnected: "サポートのセッション中です。いつでも担当者と話せます。",
  meaningDisconnected:
    "現在、サポートは行われていません。担当者がサポートを始めるときは、このページで呼び出し音が鳴ります。",

  keepOpen: "担当者が連絡できるように、このページを開いたままにしてください。",
  installTip: "ヒント：ブラウザのメニューからホーム画面に追加できます。",
  install: "ホーム画面に追加",

  incomingSession: "Live Supportセッションの着信",
  wantsToHelp: "サポートのご連絡です。",
  wantsToHelpTitle: "{name}さんからサポートのご連絡です",
  incomingCall: "通話の着信",
  isCallingYou: "あなたを呼び出しています。",
  missedSession: "Live Supportセッションの不在着信",
  wantedToHelp: "サポートのためにご連絡しました。引き続き、応答をお待ちしています。",
  liveSupport: "Live Support",

  conversation: "会話",
  stillInCall: "まだ通話中です。{perceived}",
  seenAndHeard: "担当者にあなたの映像と声が届いています。",
  seenNotHeard: "担当者にあなたの映像は届いていますが、声は届いていません。",
  heard: "担当者にあなたの声が届いています。",
  notHeard: "担当者にあなたの声は届いていません。",
  newCount: { other: "新着{count}件" },

  callEnded: "通話が終了しました。引き続きメッセージを送ったり、もう一度通話したりできます。",
  callDeclined: "通話は拒否されました。引き続きメッセージを送れます。",
  callMissed:
    "通話に応答がありませんでした。引き続きメッセージを送ったり、もう一度通話したりできます。",
  callSwitchedOff: "通話がオフになりました。引き続きメッセージを送れます。",
  textOff: "テキストはオフになっています。",

  sessionEnded: "セッションは終了しました。内容は保存されていません。",
  youRejected: "セッションを拒否しました。内容は保存されていません。",
  declinedElsewhere: "別の場所で拒否しました。",
};
