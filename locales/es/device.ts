import type { device as english } from "../en/device.ts";
import type { Translated } from "../message.ts";

export const device: Translated<typeof english> = {
  notInstalled: "No instalado",
  disabled: "Desactivado",
  connected: "Conectado",
  disconnected: "Desconectado",
  oneMoment: "Un momento…",
  meaningUnknown: "Consultando el estado al servidor.",
  meaningNotInstalled:
    "Live Support todavía no está configurado en este dispositivo. Recargue esta página para configurarlo.",
  meaningDisabled: "Su equipo de soporte ha desactivado Live Support en este dispositivo.",
  meaningConnected:
    "Hay una sesión de soporte abierta. Puede hablar con su técnico en cualquier momento.",
  meaningDisconnected:
    "Nadie le está ayudando ahora. Cuando un técnico quiera hacerlo, esta página sonará.",

  keepOpen: "Deje esta página abierta para que un técnico pueda comunicarse con usted.",
  installTip: "Consejo: desde el menú del navegador puede añadirla a la pantalla de inicio.",
  install: "Añadir a la pantalla de inicio",

  incomingSession: "Sesión de Live Support entrante",
  wantsToHelp: "quiere ayudarle con este dispositivo.",
  wantsToHelpTitle: "{name} quiere ayudarle",
  incomingCall: "Llamada entrante",
  isCallingYou: "le está llamando.",
  missedSession: "Sesión de Live Support perdida",
  wantedToHelp: "quiso ayudarle y sigue esperando su respuesta.",
  liveSupport: "Live Support",

  conversation: "Conversación",
  stillInCall: "Usted sigue en la llamada. {perceived}",
  seenAndHeard: "Su técnico puede verle y oírle.",
  seenNotHeard: "Su técnico puede verle, pero no oírle.",
  heard: "Su técnico puede oírle.",
  notHeard: "Su técnico no puede oírle.",
  newCount: { one: "{count} nuevo", many: "{count} de nuevos", other: "{count} nuevos" },

  callEnded: "La llamada ha finalizado. Puede seguir escribiendo o llamar de nuevo.",
  callDeclined: "La llamada fue rechazada. Puede seguir escribiendo.",
  callMissed: "Nadie respondió a la llamada. Puede seguir escribiendo o llamar de nuevo.",
  callSwitchedOff: "Se desactivaron las llamadas. Puede seguir escribiendo.",
  textOff: "El texto está desactivado.",

  sessionEnded: "La sesión ha finalizado. No se guardó nada.",
  youRejected: "Usted rechazó la sesión. No se guardó nada.",
  declinedElsewhere: "Rechazada en otro lugar.",
};
