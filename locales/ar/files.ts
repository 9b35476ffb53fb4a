import type { files as english } from "../en/files.ts";
import type { Translated } from "../message.ts";

export const files: Translated<typeof english> = {
  attach: "إرفاق ملف",
  takePhoto: "التقاط صورة",
  drop: "إفلات الملفات هنا",
  tray: "الملفات المراد إرسالها",
  remove: "إزالة {name}",
  cancel: "إلغاء {name}",
  preparing: "جارٍ التجهيز…",
  chosen: "{size}، جاهز للإرسال",
  original: "{size}، جاهز للإرسال. قد يكشف مكان التقاط الصورة.",
  queued: "في انتظار دوره",
  progress: "{share} من {size}",
  stalled: "لا يوجد اتصال. سيُستأنف الإرسال تلقائيًا.",
  sending: {
    zero: "لا ملفات قيد الإرسال",
    one: "جارٍ إرسال ملف واحد",
    two: "جارٍ إرسال ملفين",
    few: "جارٍ إرسال {count} ملفات",
    many: "جارٍ إرسال {count} ملفًا",
    other: "جارٍ إرسال {count} ملف",
  },
  interrupted: "أُعيد تحميل الصفحة. يُرجى اختيار الملف من جديد.",
  unreadable: "تعذرت قراءة هذه الصورة، لذلك لم تُرسل.",
  failed: "تعذر الإرسال.",
  tooLarge: "الملف كبير جدًا. الحد الأقصى {size}.",
  open: "فتح {name}",
  save: "حفظ {name}",
  saveThis: "حفظ",
  notLoaded: "تعذر تحميل الصورة.",
  photo: "صورة",
};
