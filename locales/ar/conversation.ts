import type { conversation as english } from "../en/conversation.ts";
import type { Translated } from "../message.ts";

export const conversation: Translated<typeof english> = {
  message: "رسالة",
  send: "إرسال",
  left: {
    zero: "لم يتبقَّ أي حرف",
    one: "تبقى حرف واحد",
    two: "تبقى حرفان",
    few: "تبقت {count} أحرف",
    many: "تبقى {count} حرفًا",
    other: "تبقى {count} حرف",
  },
  tooMany: {
    zero: "ضمن الحد المسموح به",
    one: "حرف واحد فوق الحد",
    two: "حرفان فوق الحد",
    few: "{count} أحرف فوق الحد",
    many: "{count} حرفًا فوق الحد",
    other: "{count} حرف فوق الحد",
  },
  messages: "الرسائل",
  empty: "تُمحى الرسائل عند انتهاء الجلسة.",
  newMessages: "رسائل جديدة",
  newCount: {
    zero: "لا جديد",
    one: "رسالة جديدة",
    two: "رسالتان جديدتان",
    few: "{count} جديدة",
    many: "{count} جديدة",
    other: "{count} جديدة",
  },
  latest: "الأحدث",
  jump: "، الانتقال إلى أحدث رسالة",
  sending: "جارٍ الإرسال",
  sent: "أُرسلت",
  received: "وصلت",
  read: "قُرئت",
  notSent: "لم تُرسل. {reason}",
  remove: "إزالة",
};
