import type { captions as english } from "../en/captions.ts";
import type { Translated } from "../message.ts";

export const captions: Translated<typeof english> = {
  captions: "التسميات التوضيحية",
  language: "لغة الكلام",
  preparing: "جارٍ تجهيز التسميات التوضيحية على هذا الجهاز…",
  listening: "التسميات التوضيحية مفعّلة. تُنشأ على هذا الجهاز ولا تُحفظ في أي مكان.",
  failed: "لا يمكن لهذا المتصفح إنشاء تسميات توضيحية لهذه اللغة.",
};
