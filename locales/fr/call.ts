import type { call as english } from "../en/call.ts";
import type { Translated } from "../message.ts";

export const call: Translated<typeof english> = {
  checking: "Vérification des appels…",
  serviceOff: "Live Support est désactivé pour cet appareil.",
  callsOff: "Les appels sont désactivés.",
  videoOff: "La vidéo est désactivée.",
  preparing: "Préparation des appels ({percent} %)",
  unavailable: "Les appels sont impossibles pour le moment. Le texte fonctionne.",
  unavailableBecause: "Les appels sont impossibles : {reason}",

  start: "Appeler",
  startVideo: "Appeler en vidéo",
  acceptVideo: "Accepter en vidéo",
  acceptVoice: "Accepter en audio",
  acceptText: "Accepter par texte",
  reject: "Refuser",
  decline: "Refuser",
  hangUp: "Raccro­cher",
  isCalling: "{name} appelle",

  group: "Appel",
  audioOutput: "Sortie audio",
  mute: "Couper le micro",
  unmute: "Activer le micro",
  startCamera: "Activer la caméra",
  stopCamera: "Arrêter la caméra",
  switchCamera: "Changer de caméra",
  oneCamera: "Cet appareil n’a qu’une caméra.",
  more: "Plus",
  text: "Texte",
  newCount: { one: "{count} nouveau", many: "{count} nouveaux", other: "{count} nouveaux" },
  playThrough: "Écouter le son sur",
  systemDefault: "Choix du système",
  tapToHear: "Touchez pour entendre",

  videoOf: "Vidéo : {name}",
  ownVideo: "Votre propre vidéo",
  muted: "Micro coupé",
  length: "Durée de l’appel",
  calling: "Appel en cours : {name}…",
  connecting: "Connexion…",
  waitingFor: "En attente : {name}…",
  reconnecting: "Connexion perdue. Reconnexion…",
  notConnected: "Non connecté",
  couldNotConnect: "L’appel n’a pas pu être établi.",
  hangingUp: "Fin de l’appel…",
  loadFailed: "L’appel n’a pas pu être chargé. Vérifiez la connexion, puis réessayez.",
  elsewhere: "L’appel est sur une autre page.",
  moveHere: "Reprendre l’appel ici",
  otherCall: "L’utilisateur attend dans un appel alors que vous êtes dans un autre.",
  takeThis: "Raccrocher là-bas et parler ici",

  microphoneDenied:
    "L’autre personne ne vous entend pas : cette page n’a pas accès au micro. Autorisez-le dans les paramètres du site de votre navigateur, puis activez-le.",
  microphoneMissing:
    "L’autre personne ne vous entend pas : aucun micro n’a été trouvé. Branchez-en un, puis activez-le.",
  microphoneBusy:
    "L’autre personne ne vous entend pas : une autre application utilise le micro. Fermez-la, puis activez le micro.",
  microphonePaused: "L’autre personne ne vous entend pas : votre appareil a coupé son micro.",
  cameraDenied:
    "L’autre personne ne vous voit pas : cette page n’a pas accès à la caméra. Autorisez-la dans les paramètres du site de votre navigateur, puis réactivez la caméra.",
  cameraMissing:
    "L’autre personne ne vous voit pas : aucune caméra n’a été trouvée. L’appel continue en audio.",
  cameraBusy:
    "L’autre personne ne vous voit pas : une autre application utilise la caméra. Fermez-la, puis réactivez la caméra.",
  cameraPaused: "L’autre personne ne vous voit pas : votre appareil a suspendu la caméra.",
  devicesDenied:
    "L’autre personne ne peut ni vous entendre ni vous voir : cette page n’a accès ni au micro ni à la caméra. Autorisez-les dans les paramètres du site de votre navigateur, puis activez le micro.",
  devicesMissing:
    "L’autre personne ne peut ni vous entendre ni vous voir : aucun micro ni aucune caméra n’ont été trouvés.",
  devicesBusy:
    "L’autre personne ne peut ni vous entendre ni vous voir : une autre application utilise le micro et la caméra. Fermez-la, puis activez le micro.",
  devicesPaused:
    "L’autre personne ne peut ni vous entendre ni vous voir : votre appareil a coupé le micro et la caméra.",
  insecure:
    "L’autre personne ne peut ni vous entendre ni vous voir : les navigateurs ne donnent accès au micro et à la caméra qu’aux pages HTTPS. Demandez l’adresse https de cette page à votre administrateur.",
  unsupported:
    "Ce navigateur ne permet pas les appels. Utilisez une version récente de Chrome, Edge, Firefox ou Safari ; le texte fonctionne ici.",
  connectionLost:
    "La connexion à l’appel est perdue. Elle va être rétablie ; le texte fonctionne toujours.",
  tooSlow: "L’envoi n’a pas pu commencer : la connexion est trop lente pour le moment. Réessayez.",
  replaced: "L’appel continue dans une autre fenêtre. Rejoignez-le ici pour le reprendre.",
};
