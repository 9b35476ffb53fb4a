import type { trouble as english } from "../en/trouble.ts";
import type { Translated } from "../message.ts";

export const trouble: Translated<typeof english> = {
  onPhoneCall: "En una llamada telefónica",
  theirMicrophoneDenied: "No ha permitido el micrófono",
  theirMicrophoneMissing: "No tiene micrófono",
  theirMicrophoneBusy: "Otra aplicación usa su micrófono",
  theirMicrophonePaused: "Micrófono pausado por el dispositivo",
  theirCameraDenied: "No ha permitido la cámara",
  theirCameraMissing: "No tiene cámara",
  theirCameraBusy: "Otra aplicación usa su cámara",
  theirCameraPaused: "Cámara pausada por el dispositivo",

  interrupted: "Su dispositivo interrumpió la llamada",
  interruptedWhy:
    "Puede que otra llamada haya tomado el sonido. {name} no le oye y usted no oye nada.",
  resumable: "Todo listo para continuar",
  resumableWhy: "Usted y {name} seguirán en silencio hasta que reanude la llamada.",
  resume: "Reanudar llamada",
  microphoneReplaced: "Micrófono cambiado. Ahora se usa {label}.",
  cameraReplaced: "Cámara cambiada. Ahora se usa {label}.",
  replacedNameless: "El dispositivo se cambió por otro.",

  askSwitch: "Pedir cambiar cámara",
  askingSwitch: "Cambio de cámara pedido",
  switched: "El usuario cambió la cámara.",
  switchRefused: "El usuario no quiere cambiar la cámara ahora.",
  switchFailed: "No se pudo cambiar la cámara.",
  asksSwitch: "{name} pide cambiar su cámara",
  doSwitch: "Cambiar",
  notNow: "Ahora no",
  alwaysSwitch: "Permitir siempre",
  wasSwitched: "{name} cambió su cámara.",
  askMeFirst: "Preguntarme antes",
  policy: "Si un técnico pide la otra cámara",
  policyAsk: "Preguntarme",
  policyAllow: "Permitir",
};
