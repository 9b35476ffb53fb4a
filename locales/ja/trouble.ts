import type { trouble as english } from "../en/trouble.ts";
import type { Translated } from "../message.ts";

export const trouble: Translated<typeof english> = {
  onPhoneCall: "電話中",
  theirMicrophoneDenied: "相手はマイクを許可していません",
  theirMicrophoneMissing: "相手にマイクがありません",
  theirMicrophoneBusy: "相手のマイクは別のアプリが使用中です",
  theirMicrophonePaused: "デバイスがマイクを一時停止しました",
  theirCameraDenied: "相手はカメラを許可していません",
  theirCameraMissing: "相手にカメラがありません",
  theirCameraBusy: "相手のカメラは別のアプリが使用中です",
  theirCameraPaused: "デバイスがカメラを一時停止しました",

  interrupted: "デバイスが通話を中断しました",
  interruptedWhy:
    "別の電話が音声を使用している可能性があります。{name}にあなたの声は聞こえず、あなたにも何も聞こえません。",
  resumable: "再開できます",
  resumableWhy: "通話を再開するまで、あなたと{name}はミュートのままです。",
  resume: "通話を再開",
  microphoneReplaced: "マイクが変わりました。{label}を使用しています。",
  cameraReplaced: "カメラが変わりました。{label}を使用しています。",
  replacedNameless: "使用する機器が別のものに変わりました。",

  askSwitch: "カメラ切替を依頼",
  askingSwitch: "切り替えを依頼中",
  switched: "ユーザーがカメラを切り替えました。",
  switchRefused: "ユーザーは現在、カメラの切り替えを希望していません。",
  switchFailed: "カメラを切り替えられませんでした。",
  asksSwitch: "{name}さんが、カメラの切り替えを希望しています",
  doSwitch: "切り替える",
  notNow: "今はしない",
  alwaysSwitch: "常に許可",
  wasSwitched: "{name}さんがカメラを切り替えました。",
  askMeFirst: "次から確認する",
  policy: "担当者がもう一方のカメラを希望したとき",
  policyAsk: "確認する",
  policyAllow: "許可する",
};
