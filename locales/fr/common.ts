import type { common as english } from "../en/common.ts";
import type { Translated } from "../message.ts";

export const common: Translated<typeof english> = {
  product: "Live Support",
  language: "Langue",
  languageIs: "Langue : {language}",
  loading: "Chargement…",
  tryAgain: "Réessayer",
  close: "Fermer",
  done: "Terminé",
  dismiss: "Masquer",
  reload: "Actualiser",
  copyLink: "Copier le lien",
  copied: "Copié",
  cannotCopy: "Sélectionnez le lien pour le copier",
  answeredElsewhere: "Accepté ailleurs.",

  reconnecting: "Reconnexion… Ce que vous écrivez est conservé.",
  closedSignedOut: "Votre compte est déconnecté. Connectez-vous à nouveau pour continuer.",
  closedRemoved:
    "Cet appareil a été retiré de Live Support. Demandez un nouveau lien à votre équipe d’assistance.",
  closedVersion: "Live Support a été mis à jour. Actualisez cette page pour continuer.",
  updateWaits:
    "Live Support a été mis à jour. La nouvelle version sera chargée quand vous aurez terminé ici.",
  closedReplaced: "Live Support continue dans un autre onglet. Actualisez pour continuer ici.",
  closedOther: "Le serveur a fermé la connexion. Actualisez cette page pour continuer.",

  noConnection:
    "Il n’y a pas de connexion au serveur pour le moment. Rien n’a été modifié ; réessayez quand elle sera rétablie.",
  unreachable: "Le serveur est injoignable. Vérifiez la connexion.",
  refusedWithoutReason: "Le serveur a refusé sans dire pourquoi. Actualisez la page et réessayez.",
};
