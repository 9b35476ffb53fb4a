import type { trouble as english } from "../en/trouble.ts";
import type { Translated } from "../message.ts";

export const trouble: Translated<typeof english> = {
  onPhoneCall: "في مكالمة هاتفية",
  theirMicrophoneDenied: "لم يسمح الطرف الآخر بالميكروفون",
  theirMicrophoneMissing: "لا ميكروفون لدى الطرف الآخر",
  theirMicrophoneBusy: "تطبيق آخر يستخدم ميكروفون الطرف الآخر",
  theirMicrophonePaused: "أوقف الجهاز الميكروفون مؤقتًا",
  theirCameraDenied: "لم يسمح الطرف الآخر بالكاميرا",
  theirCameraMissing: "لا كاميرا لدى الطرف الآخر",
  theirCameraBusy: "تطبيق آخر يستخدم كاميرا الطرف الآخر",
  theirCameraPaused: "أوقف الجهاز الكاميرا مؤقتًا",

  interrupted: "قاطع جهازك المكالمة",
  interruptedWhy: "ربما أخذت مكالمة أخرى الصوت. لا يسمعك {name}، ولا يصلك أي صوت.",
  resumable: "يمكن المتابعة الآن",
  resumableWhy: "يبقى الصوت مكتومًا بينك وبين {name} حتى تستأنف المكالمة.",
  resume: "استئناف المكالمة",
  microphoneReplaced: "تغيّر الميكروفون. المستخدم الآن: {label}.",
  cameraReplaced: "تغيّرت الكاميرا. المستخدمة الآن: {label}.",
  replacedNameless: "استُبدل الجهاز بجهاز آخر.",

  askSwitch: "طلب تبديل الكاميرا",
  askingSwitch: "طُلب تبديل الكاميرا",
  switched: "بدّل المستخدم الكاميرا.",
  switchRefused: "لا يريد المستخدم تبديل الكاميرا الآن.",
  switchFailed: "تعذر تبديل الكاميرا.",
  asksSwitch: "يطلب {name} تبديل الكاميرا",
  doSwitch: "تبديل",
  notNow: "ليس الآن",
  alwaysSwitch: "السماح دائمًا",
  wasSwitched: "بدّل {name} الكاميرا لديك.",
  askMeFirst: "سؤالي أولًا",
  policy: "عندما يريد الفني الكاميرا الأخرى",
  policyAsk: "سؤالي",
  policyAllow: "السماح",
};
