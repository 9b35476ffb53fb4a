import type { call as english } from "../en/call.ts";
import type { Translated } from "../message.ts";

export const call: Translated<typeof english> = {
  checking: "通話できるか確認しています…",
  serviceOff: "このデバイスではLive Supportがオフになっています。",
  callsOff: "通話はオフになっています。",
  videoOff: "ビデオはオフになっています。",
  preparing: "通話を準備しています（{percent}%）",
  unavailable: "現在、通話は利用できません。テキストは使えます。",
  unavailableBecause: "通話は利用できません：{reason}",

  start: "音声通話",
  startVideo: "ビデオ通話",
  acceptVideo: "ビデオで応答",
  acceptVoice: "音声で応答",
  acceptText: "テキストで応答",
  reject: "拒否",
  decline: "拒否",
  hangUp: "通話を切る",
  isCalling: "{name}から着信中",

  group: "通話",
  audioOutput: "音声の出力先",
  mute: "マイクをオフ",
  unmute: "マイクをオン",
  startCamera: "カメラをオン",
  stopCamera: "カメラをオフ",
  switchCamera: "カメラ切替",
  oneCamera: "このデバイスのカメラは1台だけです。",
  text: "テキスト",
  more: "その他",
  newCount: { other: "新着{count}件" },
  playThrough: "音声の出力先",
  systemDefault: "システムのデフォルト",
  tapToHear: "タップして音声を聞く",

  videoOf: "{name}のビデオ",
  ownVideo: "自分のビデオ",
  muted: "ミュート中",
  length: "通話時間",
  calling: "{name}を呼び出しています…",
  connecting: "接続しています…",
  waitingFor: "{name}を待っています…",
  reconnecting: "接続が切れました。再接続しています…",
  notConnected: "未接続",
  couldNotConnect: "通話を接続できませんでした。",
  hangingUp: "通話を終了しています…",
  loadFailed: "通話を読み込めませんでした。接続を確認して、もう一度お試しください。",
  elsewhere: "別のページで通話中です。",
  moveHere: "通話をここに移動",
  otherCall: "別の通話中に、ユーザーが通話で待っています。",
  takeThis: "今の通話を切って、こちらで話す",

  microphoneDenied:
    "相手にあなたの声が聞こえていません。このページにはマイクの使用が許可されていません。ブラウザの「サイトの設定」で許可してから、マイクをオンにしてください。",
  microphoneMissing:
    "相手にあなたの声が聞こえていません。マイクが見つかりません。接続してから、マイクをオンにしてください。",
  microphoneBusy:
    "相手にあなたの声が聞こえていません。別のアプリがマイクを使用しています。そのアプリを閉じてから、マイクをオンにしてください。",
  microphonePaused: "相手にあなたの声が聞こえていません。デバイスがマイクをオフにしました。",
  cameraDenied:
    "相手にあなたの映像が見えていません。このページにはカメラの使用が許可されていません。ブラウザの「サイトの設定」で許可してから、もう一度カメラをオンにしてください。",
  cameraMissing:
    "相手にあなたの映像が見えていません。カメラが見つかりません。音声で通話を続けます。",
  cameraBusy:
    "相手にあなたの映像が見えていません。別のアプリがカメラを使用しています。そのアプリを閉じてから、もう一度カメラをオンにしてください。",
  cameraPaused: "相手にあなたの映像が見えていません。デバイスがカメラを一時停止しました。",
  devicesDenied:
    "相手にあなたの声も映像も届いていません。このページにはマイクとカメラの使用が許可されていません。ブラウザの「サイトの設定」で許可してから、マイクをオンにしてください。",
  devicesMissing: "相手にあなたの声も映像も届いていません。マイクもカメラも見つかりません。",
  devicesBusy:
    "相手にあなたの声も映像も届いていません。別のアプリがマイクとカメラを使用しています。そのアプリを閉じてから、マイクをオンにしてください。",
  devicesPaused:
    "相手にあなたの声も映像も届いていません。デバイスがマイクとカメラをオフにしました。",
  insecure:
    "相手にあなたの声も映像も届いていません。ブラウザでマイクとカメラを使えるのはHTTPSのページだけです。このページのhttpsアドレスを管理者に確認してください。",
  unsupported:
    "このブラウザでは通話できません。最新のChrome、Edge、Firefox、Safariのいずれかをご利用ください。テキストはこのまま使えます。",
  connectionLost: "通話の接続が切れました。復旧を試みています。テキストは引き続き使えます。",
  tooSlow: "送信できませんでした。接続が現在とても遅くなっています。もう一度お試しください。",
  replaced: "通話は別のウィンドウで続いています。ここで参加すると、通話を戻せます。",
};
