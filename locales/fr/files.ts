import type { files as english } from "../en/files.ts";
import type { Translated } from "../message.ts";

export const files: Translated<typeof english> = {
  attach: "Joindre un fichier",
  takePhoto: "Prendre une photo",
  drop: "Déposez les fichiers ici",
  tray: "Fichiers à envoyer",
  remove: "Supprimer {name}",
  cancel: "Annuler {name}",
  preparing: "Préparation…",
  chosen: "{size}, prêt à envoyer",
  original: "{size}, prêt à envoyer. Ce fichier peut révéler où la photo a été prise.",
  queued: "En attente",
  progress: "{share} de {size}",
  stalled: "Pas de connexion. L’envoi reprendra tout seul.",
  sending: {
    one: "Envoi de {count} fichier",
    many: "Envoi de {count} fichiers",
    other: "Envoi de {count} fichiers",
  },
  interrupted: "La page a été actualisée. Choisissez à nouveau le fichier.",
  unreadable: "Cette photo est illisible, elle n’a donc pas été envoyée.",
  failed: "L’envoi a échoué.",
  tooLarge: "Trop volumineux. Un fichier peut faire au plus {size}.",
  open: "Ouvrir {name}",
  save: "Enregistrer {name}",
  saveThis: "Enregistrer",
  notLoaded: "L’image n’a pas pu être chargée.",
  photo: "Photo",
};
