import type { captions as english } from "../en/captions.ts";
import type { Translated } from "../message.ts";

export const captions: Translated<typeof english> = {
  captions: "Untertitel",
  language: "Gesprochene Sprache",
  preparing: "Untertitel werden auf diesem Gerät vorbereitet …",
  listening: "Untertitel sind an. Sie entstehen auf diesem Gerät und werden nirgends aufbewahrt.",
  failed: "Dieser Browser kann für diese Sprache keine Untertitel erstellen.",
};
