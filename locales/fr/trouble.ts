import type { trouble as english } from "../en/trouble.ts";
import type { Translated } from "../message.ts";

export const trouble: Translated<typeof english> = {
  onPhoneCall: "Au téléphone",
  theirMicrophoneDenied: "Son micro n’est pas autorisé",
  theirMicrophoneMissing: "N’a pas de micro",
  theirMicrophoneBusy: "Son micro est utilisé par une autre application",
  theirMicrophonePaused: "Micro suspendu par l’appareil",
  theirCameraDenied: "Sa caméra n’est pas autorisée",
  theirCameraMissing: "N’a pas de caméra",
  theirCameraBusy: "Sa caméra est utilisée par une autre application",
  theirCameraPaused: "Caméra suspendue par l’appareil",

  interrupted: "Votre appareil a interrompu l’appel",
  interruptedWhy:
    "Un autre appel a peut-être pris le son. {name} ne vous entend pas, et vous n’entendez rien.",
  resumable: "L’appel peut reprendre",
  resumableWhy: "Vous et {name} restez sans son jusqu’à ce que vous repreniez l’appel.",
  resume: "Reprendre l’appel",
  microphoneReplaced: "Le micro a changé. Micro utilisé : {label}.",
  cameraReplaced: "La caméra a changé. Caméra utilisée : {label}.",
  replacedNameless: "Le micro ou la caméra a été remplacé.",

  askSwitch: "Demander l’autre caméra",
  askingSwitch: "Autre caméra demandée",
  switched: "L’utilisateur a changé de caméra.",
  switchRefused: "L’utilisateur ne veut pas changer de caméra maintenant.",
  switchFailed: "Le changement de caméra a échoué.",
  asksSwitch: "{name} vous demande de changer de caméra",
  doSwitch: "Changer",
  notNow: "Pas maintenant",
  alwaysSwitch: "Toujours autoriser",
  wasSwitched: "{name} a changé votre caméra.",
  askMeFirst: "Me demander d’abord",
  policy: "Quand un technicien souhaite l’autre caméra",
  policyAsk: "Me demander",
  policyAllow: "Autoriser",
};
