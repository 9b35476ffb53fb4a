import type { equipment as english } from "../en/equipment.ts";
import type { Translated } from "../message.ts";

export const equipment: Translated<typeof english> = {
  check: "動作チェック",
  intro:
    "セッションに必要な機能を試せます。録音や録画はされません。タップするまで、何も起動しません。",
  loadFailed: "動作チェックを読み込めませんでした。接続を確認して、もう一度お試しください。",

  microphone: "マイク",
  microphoneTry: "マイクをテスト",
  microphoneAsking:
    "ブラウザが、このページにマイクの使用を許可するか確認しています。許可してください。",
  microphoneSpeak: "何か話してください。バーが動けば正常です。",
  microphoneOk: "マイクに声が届いています。",
  microphoneSilent:
    "何も聞こえませんでした。もう少し大きな声で話すか、マイクがふさがれていないか、オフになっていないか確認してください。",
  microphoneDenied:
    "このページにはマイクの使用が許可されていません。ブラウザの「サイトの設定」で許可してから、もう一度お試しください。",
  microphoneMissing: "マイクが見つかりません。接続してから、もう一度お試しください。",
  microphoneBusy:
    "別のアプリがマイクを使用しています。そのアプリを閉じてから、もう一度お試しください。",
  level: "マイクの音量",
  stop: "停止",

  camera: "カメラ",
  cameraTry: "カメラをテスト",
  cameraAsking:
    "ブラウザが、このページにカメラの使用を許可するか確認しています。許可してください。",
  cameraOpening: "カメラを起動しています…",
  cameraOk: "カメラは正常です。",
  cameraDenied:
    "このページにはカメラの使用が許可されていません。ブラウザの「サイトの設定」で許可してから、もう一度お試しください。",
  cameraMissing: "カメラが見つかりません。音声だけで通話できます。",
  cameraBusy:
    "カメラに何も映りません。別のアプリが使用している可能性があります。そのアプリを閉じてから、もう一度お試しください。",
  cameraChoose: "使用するカメラ",
  cameraNumber: "カメラ{number}",
  cameraPreview: "カメラの映像",

  insecure:
    "ブラウザでマイクとカメラを使えるのはHTTPSのページだけです。このページのhttpsアドレスをサポートチームに確認してください。",

  speaker: "スピーカー",
  speakerTry: "テスト音を再生",
  speakerPlaying: "3つの音を再生しています…",
  speakerAsk: "3つの音が聞こえましたか？",
  yes: "はい",
  no: "いいえ",
  speakerHeard: "このページの音が聞こえます。",
  speakerUnheard:
    "音量を上げ、マナーモードを解除し、イヤホンが接続されていないか確認してから、もう一度お試しください。",

  notifications: "通知",
  notificationsUnasked: "このページには、まだ通知が許可されていません。",
  notificationsAllow: "通知を許可",
  notificationsOn: "このページは通知を表示できます。",
  notificationsOff:
    "通知がブロックされています。サポートの連絡に気づけるように、ブラウザの「サイトの設定」で許可してください。",
  notificationsUnsupported:
    "このブラウザでは、ここで通知を表示できません。iPhoneでは、先にこのページをホーム画面に追加してください。",
  notificationsTry: "テスト通知を表示",
  notificationsShown:
    "通知を送信しました。表示されない場合は、システムの通知設定を確認してください。",
  notificationsFailed: "通知を表示できませんでした。",
  notificationTitle: "Live Support",
  notificationBody: "これはテストです。通知は正常に動作しています。",

  network: "ネットワーク",
  networkTry: "ネットワークをテスト",
  networkRunning: "Live Supportへの経路を試しています…",
  networkGood: "通話もテキストも問題なく使えます。",
  networkTcp:
    "通話はできますが、途切れることがあります。このネットワークはUDPをブロックしています。モバイルデータなど、別のネットワークのほうがよい場合があります。",
  networkRelayed:
    "通話は中継サーバー経由でのみ可能で、途切れることがあります。別のネットワークのほうがよい場合があります。",
  networkBlocked:
    "テキストは使えますが、このネットワークでは通話できません。Wi-Fiの代わりにモバイルデータを使うなど、別のネットワークをお試しください。",
  networkNode:
    "テキストは使えますが、通話サーバーが応答しないため、通話できません。1分ほど待ってから、もう一度お試しください。",
  networkWeb:
    "このページはLive Supportに接続できません。Wi-Fiまたはモバイルデータがオンになっているか確認してください。",
  legWeb: "Live Supportとテキスト",
  legNode: "通話サーバー",
  legUdp: "UDPでの通話",
  legTcp: "TCPでの通話",
  legTurn: "TURN経由の通話",
  legOk: "正常",
  legFailed: "接続できません",
  legUnset: "未設定",
  legUntested: "未テスト",

  asked: "{name}さんが、このデバイスの動作チェックをお願いしています。",
  notNow: "今はしない",

  ask: "動作チェックを依頼",
  wishAsked: "ユーザーに動作チェックを依頼しました。",
  wishDeclined: "ユーザーは現在、動作チェックを希望していません。",
  wishRunning: "ユーザーが動作チェックをしています…",
  checkedFine: "動作チェック（{when}）：試した項目はすべて正常です。",
  checkedProblems: "動作チェック（{when}）：{problems}。",
  details: "{name}の動作チェック",
  showDetails: "チェックの詳細",
  noMicrophone: "マイクなし",
  microphoneBlocked: "マイクの許可なし",
  microphoneUsed: "マイクを別のアプリが使用中",
  microphoneUnheard: "マイクの入力なし",
  noCamera: "カメラなし",
  cameraBlocked: "カメラの許可なし",
  cameraUsed: "カメラを別のアプリが使用中",
  noHttps: "HTTPSなし",
  soundUnheard: "音が聞こえない",
  popupsOff: "通知がブロック中",
  noWeb: "サーバーに接続不可",
  noNode: "通話サーバーに接続不可",
  noUdp: "UDP不可",
  noTcp: "TCP不可",
  noTurn: "TURN経由の接続不可",
  works: "正常",
  notTried: "未実施",
  popupsUnasked: "許可を未確認",
  popupsUnsupported: "このブラウザでは不可",
};
