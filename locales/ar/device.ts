import type { device as english } from "../en/device.ts";
import type { Translated } from "../message.ts";

export const device: Translated<typeof english> = {
  notInstalled: "غير مثبّت",
  disabled: "معطّل",
  connected: "متصل",
  disconnected: "غير متصل",
  oneMoment: "لحظة واحدة…",
  meaningUnknown: "جارٍ سؤال الخادم عن الحالة.",
  meaningNotInstalled: "لم يُعدّ Live Support على هذا الجهاز بعد. يُرجى إعادة تحميل الصفحة لإعداده.",
  meaningDisabled: "أوقف فريق الدعم Live Support لهذا الجهاز.",
  meaningConnected: "هناك جلسة دعم مفتوحة. يمكنك التحدث مع الفني في أي وقت.",
  meaningDisconnected: "لا يساعدك أحد الآن. عندما يريد الفني مساعدتك، سترنّ هذه الصفحة.",

  keepOpen: "يُرجى إبقاء هذه الصفحة مفتوحة ليتمكن الفني من الوصول إليك.",
  installTip: "تلميح: يمكنك إضافتها إلى الشاشة الرئيسية من قائمة المتصفح.",
  install: "إضافة إلى الشاشة الرئيسية",

  incomingSession: "جلسة Live Support واردة",
  wantsToHelp: "هنا لمساعدتك في هذا الجهاز.",
  wantsToHelpTitle: "{name} هنا لمساعدتك",
  incomingCall: "مكالمة واردة",
  isCallingYou: "في انتظار ردك.",
  missedSession: "جلسة Live Support فائتة",
  wantedToHelp: "هنا لمساعدتك، وفي انتظار ردك حتى الآن.",
  liveSupport: "Live Support",

  conversation: "المحادثة",
  stillInCall: "ما زلت في المكالمة. {perceived}",
  seenAndHeard: "يراك الفني ويسمعك.",
  seenNotHeard: "يراك الفني ولا يسمعك.",
  heard: "يسمعك الفني.",
  notHeard: "لا يسمعك الفني.",
  newCount: {
    zero: "لا جديد",
    one: "رسالة جديدة",
    two: "رسالتان جديدتان",
    few: "{count} جديدة",
    many: "{count} جديدة",
    other: "{count} جديدة",
  },

  callEnded: "انتهت المكالمة. يمكنك متابعة الكتابة أو الاتصال من جديد.",
  callDeclined: "رُفضت المكالمة. يمكنك متابعة الكتابة.",
  callMissed: "لم يرد أحد على المكالمة. يمكنك متابعة الكتابة أو الاتصال من جديد.",
  callSwitchedOff: "أُوقفت المكالمات. يمكنك متابعة الكتابة.",
  textOff: "الرسائل متوقفة.",

  sessionEnded: "انتهت الجلسة. لم يُحفظ منها شيء.",
  youRejected: "رفضت الجلسة. لم يُحفظ منها شيء.",
  declinedElsewhere: "تم الرفض من مكان آخر.",
};
