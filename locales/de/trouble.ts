import type { trouble as english } from "../en/trouble.ts";
import type { Translated } from "../message.ts";

export const trouble: Translated<typeof english> = {
  onPhoneCall: "Telefoniert gerade",
  theirMicrophoneDenied: "Mikrofon dort nicht erlaubt",
  theirMicrophoneMissing: "Dort gibt es kein Mikrofon",
  theirMicrophoneBusy: "Mikrofon dort von anderer App benutzt",
  theirMicrophonePaused: "Mikrofon vom Gerät angehalten",
  theirCameraDenied: "Kamera dort nicht erlaubt",
  theirCameraMissing: "Dort gibt es keine Kamera",
  theirCameraBusy: "Kamera dort von anderer App benutzt",
  theirCameraPaused: "Kamera vom Gerät angehalten",

  interrupted: "Ihr Gerät hat den Anruf unterbrochen",
  interruptedWhy:
    "Vielleicht hat ein anderer Anruf den Ton übernommen. {name} hört Sie nicht, und Sie hören nichts.",
  resumable: "Es kann weitergehen",
  resumableWhy: "Sie und {name} bleiben stumm, bis Sie den Anruf fortsetzen.",
  resume: "Anruf fortsetzen",
  microphoneReplaced: "Das Mikrofon wurde gewechselt. Jetzt: {label}.",
  cameraReplaced: "Die Kamera wurde gewechselt. Jetzt: {label}.",
  replacedNameless: "Mikrofon oder Kamera wurde gewechselt.",

  askSwitch: "Um andere Kamera bitten",
  askingSwitch: "Um andere Kamera gebeten",
  switched: "Die Person am Gerät hat die Kamera gewechselt.",
  switchRefused: "Die Person am Gerät möchte die Kamera jetzt nicht wechseln.",
  switchFailed: "Die Kamera konnte nicht gewechselt werden.",
  asksSwitch: "{name} bittet Sie, die Kamera zu wechseln",
  doSwitch: "Wechseln",
  notNow: "Nicht jetzt",
  alwaysSwitch: "Immer erlauben",
  wasSwitched: "{name} hat Ihre Kamera gewechselt.",
  askMeFirst: "Mich zuerst fragen",
  policy: "Wenn ein Techniker die andere Kamera möchte",
  policyAsk: "Mich fragen",
  policyAllow: "Erlauben",
};
