import type { device as english } from "../en/device.ts";
import type { Translated } from "../message.ts";

export const device: Translated<typeof english> = {
  notInstalled: "Non configuré",
  disabled: "Désactivé",
  connected: "Connecté",
  disconnected: "Non connecté",
  oneMoment: "Un instant…",
  meaningUnknown: "Le serveur va nous dire où en sont les choses.",
  meaningNotInstalled:
    "Live Support n’est pas encore configuré sur cet appareil. Actualisez cette page pour le configurer.",
  meaningDisabled: "Votre équipe d’assistance a désactivé Live Support pour cet appareil.",
  meaningConnected:
    "Une session d’assistance est ouverte. Vous pouvez parler à votre technicien à tout moment.",
  meaningDisconnected:
    "Personne ne vous aide en ce moment. Quand un technicien voudra vous aider, cette page sonnera.",

  keepOpen: "Gardez cette page ouverte pour qu’un technicien puisse vous joindre.",
  installTip: "Astuce : le menu de votre navigateur permet de l’ajouter à l’écran d’accueil.",
  install: "Ajouter à l’écran d’accueil",

  incomingSession: "Session Live Support : ça sonne",
  wantsToHelp: "souhaite vous aider avec cet appareil.",
  wantsToHelpTitle: "{name} souhaite vous aider",
  incomingCall: "Appel entrant",
  isCallingYou: "vous appelle.",
  missedSession: "Session Live Support manquée",
  wantedToHelp: "voulait vous aider et attend toujours votre réponse.",
  liveSupport: "Live Support",

  conversation: "Conversation",
  stillInCall: "Vous êtes toujours en appel. {perceived}",
  seenAndHeard: "Votre technicien peut vous voir et vous entendre.",
  seenNotHeard: "Votre technicien peut vous voir, mais pas vous entendre.",
  heard: "Votre technicien peut vous entendre.",
  notHeard: "Votre technicien ne peut pas vous entendre.",
  newCount: { one: "{count} nouveau", many: "{count} nouveaux", other: "{count} nouveaux" },

  callEnded: "L’appel est terminé. Vous pouvez continuer à écrire ou rappeler.",
  callDeclined: "L’appel a été refusé. Vous pouvez continuer à écrire.",
  callMissed: "Personne n’a répondu à l’appel. Vous pouvez continuer à écrire ou rappeler.",
  callSwitchedOff: "Les appels ont été désactivés. Vous pouvez continuer à écrire.",
  textOff: "Le texte est désactivé.",

  sessionEnded: "La session est terminée. Rien n’en a été conservé.",
  youRejected: "Vous avez refusé la session. Rien n’en a été conservé.",
  declinedElsewhere: "Refusé ailleurs.",
};
