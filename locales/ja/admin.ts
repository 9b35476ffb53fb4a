import type { admin as english } from "../en/admin.ts";
import type { Translated } from "../message.ts";

export const admin: Translated<typeof english> = {
  settings: "設定",
  notAllowed: "設定を変更できるのは管理者だけです。管理者に依頼してください。",
  backToConsole: "コンソールに戻る",
  chatService: "チャットサービス",
  chatServiceText: "すべてのデバイスが対象です。変更は、進行中のセッションにもすぐに反映されます。",
  team: "チーム",

  service: "チャットサービス",
  serviceHint: "オフにすると、すべてのデバイスの状態が「無効」になります。",
  text: "テキスト",
  textHint: "セッション中のメッセージ。",
  files: "ファイル",
  filesHint: "セッション中の写真とファイル。テキストが必要です。",
  voice: "音声",
  voiceHint: "通話。ビデオにも必要です。",
  video: "ビデオ",
  videoHint: "通話中のカメラ。",
  savedAsMade: "変更は自動的に保存されます。",
  saving: "保存しています…",
  saved: "保存しました。全員に反映されています。",
  notSaved: "保存できませんでした。{reason}",

  administrator: "管理者",
  technician: "担当者",
  nextRole: "次に招待する人の役割",
  technicianRole: "担当者：デバイスのユーザーをサポートします",
  administratorRole: "管理者：設定の変更もできます",
  createInvitation: "招待リンクを作成",
  sendLink: "このリンクを1人に送ってください。使えるのは1回だけです。",
  invitationLink: "招待リンク",
};
