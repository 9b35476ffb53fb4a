import type { fixing as english } from "../en/fixing.ts";
import type { Translated } from "../message.ts";

export const fixing: Translated<typeof english> = {
  howTo: "解決方法",
  dismiss: "このまま続ける",
  chromeIcon: "アドレスバーの左端にあるアイコンをクリックします。",
  androidIcon: "アドレスバーの先頭にあるアイコンをタップし、「権限」をタップします。",
  samsungLock: "アドレスバーの鍵マークをタップし、「権限」をタップします。",
  safariMenu: "メニューバーの「Safari」から、このWebサイトの設定を開きます。",
  iosMenu: "アドレスの横のボタンをタップし、Webサイトの設定をタップします。",
  firefoxIcon: "アドレスバーの、斜線の入ったマイクまたはカメラをクリックします。",
  firefoxLock: "アドレスバーの鍵マークをタップします。",
  firefoxBlocked: "マイクとカメラの横にあるブロックの表示を解除します。",
  anySettings: "ブラウザでこのサイトの設定を開き、マイクとカメラを許可します。",
  allowBoth: "マイクとカメラを許可します。",
  systemToo:
    "まだ使えませんか？パソコンのプライバシー設定で、ブラウザにマイクとカメラの使用を許可してください。",
  androidSettings:
    "まだ使えませんか？スマートフォンの設定で「アプリ」からお使いのブラウザを開き、「権限」を確認してください。",
  iosSettings:
    "まだ使えませんか？「設定」アプリでお使いのブラウザを開き、マイクとカメラを許可してください。",
  plugIn: "接続するか、電源を入れます。ヘッドセットは、先にペア設定が必要な場合があります。",
  onlyOne: "スイッチやカバーがある場合は、使える状態にします。",
  closeApps: "通話、カメラ、録音など、使用している可能性のある他のアプリを閉じます。",
  closeTabs: "通話中の他のタブを閉じます。",
  switchOn: "オフにするスイッチ、キー、カバーがないか確認し、オンにします。",
  thenAgain: "ここに戻って「もう一度試す」を押します。",
};
