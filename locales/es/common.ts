import type { common as english } from "../en/common.ts";
import type { Translated } from "../message.ts";

export const common: Translated<typeof english> = {
  product: "Live Support",
  language: "Idioma",
  languageIs: "Idioma: {language}",
  loading: "Cargando…",
  tryAgain: "Intentar de nuevo",
  close: "Cerrar",
  done: "Listo",
  dismiss: "Descartar",
  reload: "Recargar",
  copyLink: "Copiar enlace",
  copied: "Copiado",
  cannotCopy: "Seleccione el enlace para copiarlo",
  answeredElsewhere: "Respondida en otro lugar.",

  reconnecting: "Reconectando… Lo que escriba se conserva.",
  closedSignedOut: "Se ha cerrado su sesión. Inicie sesión de nuevo para continuar.",
  closedRemoved:
    "Este dispositivo se quitó de Live Support. Pida un enlace nuevo a su equipo de soporte.",
  closedVersion: "Live Support se actualizó. Recargue esta página para continuar.",
  updateWaits: "Live Support se actualizó. La nueva versión se cargará cuando termine aquí.",
  closedReplaced: "Live Support continúa en otra pestaña. Recargue para seguir aquí.",
  closedOther: "El servidor cerró la conexión. Recargue esta página para continuar.",

  noConnection:
    "No hay conexión con el servidor en este momento. No se cambió nada; inténtelo de nuevo cuando vuelva.",
  unreachable: "No se pudo acceder al servidor. Compruebe la conexión.",
  refusedWithoutReason:
    "El servidor rechazó la solicitud sin indicar el motivo. Recargue la página e inténtelo de nuevo.",
};
