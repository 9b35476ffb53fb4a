import type { sound as english } from "../en/sound.ts";
import type { Translated } from "../message.ts";

export const sound: Translated<typeof english> = {
  speaker: "مكبر الصوت",
  earpiece: "سماعة الهاتف",
  headset: "سماعة الرأس",
  another: "مخرج آخر…",
  lost: "انفصل {name}. يخرج الصوت الآن من حيث يختار النظام.",
  lostUnnamed: "انفصل مخرج الصوت. يخرج الصوت الآن من حيث يختار النظام.",
  pip: "صورة داخل صورة",
};
