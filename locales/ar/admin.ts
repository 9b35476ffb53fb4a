import type { admin as english } from "../en/admin.ts";
import type { Translated } from "../message.ts";

export const admin: Translated<typeof english> = {
  settings: "الإعدادات",
  notAllowed: "يمكن للمسؤولين وحدهم تغيير الإعدادات. يُرجى التواصل مع أحدهم.",
  backToConsole: "العودة إلى وحدة التحكم",
  chatService: "خدمة المحادثة",
  chatServiceText: "لجميع الأجهزة. تسري التغييرات فورًا، حتى في الجلسات المفتوحة.",
  team: "الفريق",

  service: "خدمة المحادثة",
  serviceHint: "عند إيقافها تصبح حالة كل جهاز «معطّل».",
  text: "الرسائل",
  textHint: "الرسائل النصية في الجلسة.",
  files: "الملفات",
  filesHint: "الصور والملفات في الجلسة. تحتاج إلى الرسائل.",
  voice: "الصوت",
  voiceHint: "المكالمات. يحتاج إليها الفيديو أيضًا.",
  video: "الفيديو",
  videoHint: "الكاميرات في المكالمات.",
  savedAsMade: "تُحفظ التغييرات تلقائيًا.",
  saving: "جارٍ الحفظ…",
  saved: "تم الحفظ. يسري ذلك على الجميع الآن.",
  notSaved: "لم يتم الحفظ. {reason}",

  administrator: "مسؤول",
  technician: "فني",
  nextRole: "دور الشخص التالي",
  technicianRole: "فني: يساعد مستخدمي الأجهزة",
  administratorRole: "مسؤول: يغيّر الإعدادات أيضًا",
  createInvitation: "إنشاء رابط دعوة",
  sendLink: "يُرجى إرسال هذا الرابط إلى شخص واحد؛ فهو يعمل مرة واحدة.",
  invitationLink: "رابط الدعوة",
};
