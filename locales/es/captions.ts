import type { captions as english } from "../en/captions.ts";
import type { Translated } from "../message.ts";

export const captions: Translated<typeof english> = {
  captions: "Subtítulos",
  language: "Idioma hablado",
  preparing: "Preparando los subtítulos en este dispositivo…",
  listening:
    "Los subtítulos están activados. Se crean en este dispositivo y no se guardan en ninguna parte.",
  failed: "Este navegador no puede crear subtítulos en ese idioma.",
};
