import type { sound as english } from "../en/sound.ts";
import type { Translated } from "../message.ts";

export const sound: Translated<typeof english> = {
  speaker: "Altavoz",
  earpiece: "Auricular del teléfono",
  headset: "Auriculares",
  another: "Otra salida…",
  lost: "Se desconectó {name}. Ahora el sonido sale por donde elige el sistema.",
  lostUnnamed: "Se desconectó la salida de audio. Ahora el sonido sale por donde elige el sistema.",
  pip: "Ventana flotante",
};
