import type { captions as english } from "../en/captions.ts";
import type { Translated } from "../message.ts";

export const captions: Translated<typeof english> = {
  captions: "Sous-titres",
  language: "Langue parlée",
  preparing: "Préparation des sous-titres sur cet appareil…",
  listening:
    "Les sous-titres sont activés. Ils sont créés sur cet appareil et ne sont conservés nulle part.",
  failed: "Ce navigateur ne peut pas créer de sous-titres dans cette langue.",
};
