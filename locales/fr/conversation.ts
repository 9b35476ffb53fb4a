import type { conversation as english } from "../en/conversation.ts";
import type { Translated } from "../message.ts";

export const conversation: Translated<typeof english> = {
  message: "Message",
  send: "Envoyer",
  left: {
    one: "{count} caractère restant",
    many: "{count} caractères restants",
    other: "{count} caractères restants",
  },
  tooMany: {
    one: "{count} caractère en trop",
    many: "{count} caractères en trop",
    other: "{count} caractères en trop",
  },
  messages: "Messages",
  empty: "Les messages sont effacés à la fin de la session.",
  newMessages: "Nouveaux messages",
  newCount: { one: "{count} nouveau", many: "{count} nouveaux", other: "{count} nouveaux" },
  latest: "Derniers",
  jump: ", aller au dernier message",
  sending: "Envoi en cours",
  sent: "Envoyé",
  received: "Reçu",
  read: "Lu",
  notSent: "Non envoyé. {reason}",
  remove: "Supprimer",
};
