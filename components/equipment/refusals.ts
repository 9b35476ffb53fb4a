/** What to do when a device cannot be opened. */
import { type Phrase, phrase } from "../../locales/phrase.ts";
import type { Refused } from "../../client/equipment/open_device.ts";

const INSECURE = phrase("equipment.insecure");

/** For the microphone. */
export const REFUSED_MICROPHONE: Readonly<Record<Refused, Phrase>> = {
  denied: phrase("equipment.microphoneDenied"),
  missing: phrase("equipment.microphoneMissing"),
  busy: phrase("equipment.microphoneBusy"),
  insecure: INSECURE,
};

/** For the camera. */
export const REFUSED_CAMERA: Readonly<Record<Refused, Phrase>> = {
  denied: phrase("equipment.cameraDenied"),
  missing: phrase("equipment.cameraMissing"),
  busy: phrase("equipment.cameraBusy"),
  insecure: INSECURE,
};
