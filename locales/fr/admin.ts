import type { admin as english } from "../en/admin.ts";
import type { Translated } from "../message.ts";

export const admin: Translated<typeof english> = {
  settings: "Paramètres",
  notAllowed:
    "Seuls les administrateurs peuvent modifier les paramètres. Adressez-vous à l’un d’eux.",
  backToConsole: "Retour à la console",
  chatService: "Service de discussion",
  chatServiceText:
    "Pour tous les appareils. Les changements s’appliquent aussitôt, même aux sessions ouvertes.",
  team: "Équipe",

  service: "Service de discussion",
  serviceHint: "Sans lui, tous les appareils ont l’état « Désactivé ».",
  text: "Texte",
  textHint: "Messages dans une session.",
  files: "Fichiers",
  filesHint: "Photos et fichiers dans une session. Le texte est nécessaire.",
  voice: "Audio",
  voiceHint: "Appels. Nécessaire aussi pour la vidéo.",
  video: "Vidéo",
  videoHint: "Caméras dans les appels.",
  savedAsMade: "Les changements sont enregistrés aussitôt.",
  saving: "Enregistrement…",
  saved: "Enregistré. Cela s’applique maintenant à tous.",
  notSaved: "Non enregistré. {reason}",

  administrator: "Administrateur",
  technician: "Technicien",
  nextRole: "Rôle de la prochaine personne",
  technicianRole: "Technicien : aide les utilisateurs",
  administratorRole: "Administrateur : modifie aussi les paramètres",
  createInvitation: "Créer un lien d’invitation",
  sendLink: "Envoyez ce lien à une seule personne ; il fonctionne une seule fois.",
  invitationLink: "Lien d’invitation",
};
