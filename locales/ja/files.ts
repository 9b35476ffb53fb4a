import type { files as english } from "../en/files.ts";
import type { Translated } from "../message.ts";

export const files: Translated<typeof english> = {
  attach: "ファイルを添付",
  takePhoto: "写真を撮る",
  drop: "ここにファイルをドロップ",
  tray: "送信するファイル",
  remove: "{name}を削除",
  cancel: "{name}を中止",
  preparing: "準備しています…",
  chosen: "{size}、送信できます",
  original: "{size}、送信できます。撮影場所の情報が含まれている可能性があります。",
  queued: "順番を待っています",
  progress: "{size}中{share}",
  stalled: "接続がありません。自動的に再開します。",
  sending: { other: "{count}件のファイルを送信中" },
  interrupted: "ページが再読み込みされました。ファイルをもう一度選択してください。",
  unreadable: "この写真は読み取れないため、送信されませんでした。",
  failed: "送信できませんでした。",
  tooLarge: "大きすぎます。ファイルの上限は{size}です。",
  open: "{name}を開く",
  save: "{name}を保存",
  saveThis: "保存",
  notLoaded: "画像を読み込めませんでした。",
  photo: "写真",
};
