import type { conversation as english } from "../en/conversation.ts";
import type { Translated } from "../message.ts";

export const conversation: Translated<typeof english> = {
  message: "Mensaje",
  send: "Enviar",
  left: {
    one: "Queda {count} carácter",
    many: "Quedan {count} de caracteres",
    other: "Quedan {count} caracteres",
  },
  tooMany: {
    one: "Sobra {count} carácter",
    many: "Sobran {count} de caracteres",
    other: "Sobran {count} caracteres",
  },
  messages: "Mensajes",
  empty: "Los mensajes se borran cuando finaliza la sesión.",
  newMessages: "Mensajes nuevos",
  newCount: { one: "{count} nuevo", many: "{count} de nuevos", other: "{count} nuevos" },
  latest: "Último",
  jump: ", ir al último mensaje",
  sending: "Enviando",
  sent: "Enviado",
  received: "Recibido",
  read: "Leído",
  notSent: "No enviado. {reason}",
  remove: "Quitar",
};
