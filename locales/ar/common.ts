import type { common as english } from "../en/common.ts";
import type { Translated } from "../message.ts";

export const common: Translated<typeof english> = {
  product: "Live Support",
  language: "اللغة",
  languageIs: "اللغة: {language}",
  loading: "جارٍ التحميل…",
  tryAgain: "إعادة المحاولة",
  close: "إغلاق",
  done: "تم",
  dismiss: "إخفاء",
  reload: "إعادة التحميل",
  copyLink: "نسخ الرابط",
  copied: "تم النسخ",
  cannotCopy: "يُرجى تحديد الرابط لنسخه",
  answeredElsewhere: "تم الرد من مكان آخر.",

  reconnecting: "جارٍ إعادة الاتصال… ما تكتبه محفوظ.",
  closedSignedOut: "تم تسجيل خروجك. يُرجى تسجيل الدخول للمتابعة.",
  closedRemoved: "أُزيل هذا الجهاز من Live Support. يُرجى طلب رابط جديد من فريق الدعم.",
  closedVersion: "تم تحديث Live Support. يُرجى إعادة تحميل هذه الصفحة للمتابعة.",
  updateWaits: "تم تحديث Live Support. يُحمَّل الإصدار الجديد عندما تنتهي هنا.",
  closedReplaced: "انتقل Live Support إلى علامة تبويب أخرى. يُرجى إعادة التحميل للمتابعة هنا.",
  closedOther: "أغلق الخادم الاتصال. يُرجى إعادة تحميل هذه الصفحة للمتابعة.",

  noConnection: "لا يوجد اتصال بالخادم الآن. لم يتغير شيء؛ يُرجى إعادة المحاولة عند عودته.",
  unreachable: "تعذر الوصول إلى الخادم. يُرجى التحقق من الاتصال.",
  refusedWithoutReason:
    "رفض الخادم الطلب دون ذكر السبب. يُرجى إعادة تحميل الصفحة ثم إعادة المحاولة.",
};
