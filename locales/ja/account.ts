import type { account as english } from "../en/account.ts";
import type { Translated } from "../message.ts";

export const account: Translated<typeof english> = {
  pageTitle: "{page} · Live Support",
  console: "コンソール",
  welcome: "ようこそ",
  welcomeHeading: "Live Supportへようこそ",
  welcomeText: "ここでサポートチームと話したり、見せたいものを見てもらったりできます。",
  signInAsTechnician: "担当者としてログイン",
  shouldThisDevice:
    "このデバイスでサポートを受けますか？サポートチームから届くリンクを、このデバイスで開いてください。",
  notReady:
    "Live Supportは動作していますが、まだ誰もログインできません。起動したターミナルに表示されている設定用リンクを開いて、管理者を作成してください。",

  signIn: "ログイン",
  email: "メールアドレス",
  password: "パスワード",
  tryAgainIn: {
    other: "ログインの試行回数が多すぎます。{count}分後にもう一度お試しください。",
  },

  setupLink: "設定用リンク",
  linkDead: "このリンクは使えなくなりました",
  firstLinkHint:
    "最初の管理者用のリンクは、Live Supportを起動したターミナルに表示されています。起動し直すと、新しいリンクが表示されます。",
  setUpProduct: "Live Supportの設定",
  createYourAccount: "アカウントを作成",
  firstHere:
    "あなたが最初の利用者です。このアカウントでLive Supportを管理します。デバイスの追加、メンバーの招待、設定の変更ができます。",
  invited: "ライブサポートの担当者として招待されています。",
  name: "名前",
  nameHint: "デバイスのユーザーに表示される名前です。",
  passwordHint: { other: "{count}文字以上。" },
  passwordShort: { other: "{count}文字以上にしてください。" },
  passwordLong: { other: "{count}文字以下にしてください。" },
  createAdministrator: "管理者を作成",
  createAccount: "アカウントを作成",

  setUpDevice: "このデバイスを設定",
  enrollDead:
    "リンクを使えるのは1回だけで、有効期間は1日です。このリンクは使用済みか、期限切れです。故障ではありません。",
  askNewLink: "サポートチームに新しいリンクを依頼して、このデバイスで開いてください。",
  enrollText:
    "設定すると、困ったときにサポートチームから電話やメッセージを受け取れるようになります。あなたが承諾するまで、相手には何も見えず、何も聞こえません。",
  knownAs: "このデバイスは、サポートチームに「{name}」として登録されています。",
  setUpAs: "このデバイスは現在「{name}」として設定されています。この設定は置き換えられます。",

  thisDevice: "このデバイス",
  deviceUnknown: "このデバイスは設定されていません",
  deviceRemoved: "サポートチームがこのデバイスをLive Supportから削除しました。",
  deviceForgotten:
    "このデバイスはまだLive Supportに登録されていないか、ブラウザのデータが消去されています。",
  askLink:
    "ここでサポートを受けるには、サポートチームにリンクを依頼して、このデバイスで開いてください。",

  offline: "Live Supportに接続できません",
  offlineText: "現在、このデバイスはサーバーに接続していません。自動的に再接続します。",
  offlineDevice:
    "現在、このデバイスはネットワークに接続していません。接続が戻ると、このページは自動的に再開します。",
  offlineKept: "入力した内容は保存されています。",
  tryNow: "今すぐ再試行",

  goToStart: "最初のページへ",
  errorSignIn: "ログインしてください",
  errorRefused: "受け付けられませんでした",
  errorNotFound: "ページが見つかりません",
  errorMethod: "ここではその操作はできません",
  errorNotPage: "これはページではありません",
  errorInternal: "問題が発生しました",
};
