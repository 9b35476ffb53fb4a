import type { sound as english } from "../en/sound.ts";
import type { Translated } from "../message.ts";

export const sound: Translated<typeof english> = {
  speaker: "Haut-parleur",
  earpiece: "Écouteur",
  headset: "Casque",
  another: "Autre sortie…",
  lost: "Sortie déconnectée : {name}. Le son sort maintenant là où le système le choisit.",
  lostUnnamed:
    "La sortie audio a été déconnectée. Le son sort maintenant là où le système le choisit.",
  pip: "Image dans l’image",
};
