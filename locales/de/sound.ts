import type { sound as english } from "../en/sound.ts";
import type { Translated } from "../message.ts";

export const sound: Translated<typeof english> = {
  speaker: "Lautsprecher",
  earpiece: "Hörer",
  headset: "Headset",
  another: "Andere Ausgabe …",
  lost: "{name} wurde getrennt. Der Ton kommt jetzt dort heraus, wo das System es wählt.",
  lostUnnamed:
    "Die Tonausgabe wurde getrennt. Der Ton kommt jetzt dort heraus, wo das System es wählt.",
  pip: "Bild im Bild",
};
