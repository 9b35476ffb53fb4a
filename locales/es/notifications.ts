import type { notifications as english } from "../en/notifications.ts";
import type { Translated } from "../message.ts";

export const notifications: Translated<typeof english> = {
  pushTitle: "Mensaje de su equipo de soporte",
  ringTitle: "Live Support quiere ayudarle",
  callTitle: "Su técnico le está llamando",
  missedTitle: "Sesión de Live Support perdida",
  missedText: "Su técnico sigue esperando su respuesta.",
  textTitle: "Mensaje nuevo en su sesión de soporte",
  overTitle: "Live Support",
  overText: "No tiene nada pendiente.",
  testTitle: "Las notificaciones funcionan",
  testText: "Su equipo de soporte ya puede contactar con este dispositivo.",
  tapToRead: "Toque para leerlo.",
  tapToAnswer: "Toque para responder.",
  respond: "Responder",
  read: "Marcar como leído",
  open: "Abrir",

  region: "Mensajes de su equipo de soporte",
  waiting: {
    one: "{count} mensaje de su equipo de soporte",
    many: "{count} de mensajes de su equipo de soporte",
    other: "{count} mensajes de su equipo de soporte",
  },
  from: "Mensaje de {name}",
  answer: "Su respuesta",
  answerTo: "Respuesta a {name}",
  send: "Enviar respuesta",
  answered: "Se ha enviado su respuesta.",
  cancel: "Cancelar",
  newText: "Mensaje nuevo de {name}",

  reachTitle: "Cuando esta página está cerrada",
  reachText: "Permita que los técnicos le contacten mediante notificaciones en este dispositivo.",
  turnOn: "Activar notificaciones",
  turnOff: "Desactivar notificaciones",
  onTitle: "Las notificaciones están activadas",
  onText: "Los técnicos pueden contactarle aquí también cuando esta página está cerrada.",
  blockedTitle: "Las notificaciones están bloqueadas",
  blocked:
    "Permita las notificaciones de esta página en la configuración del sitio del navegador y después recárguela.",
  homeScreen:
    "Añada esta página a la pantalla de inicio (Compartir y después Añadir o Agregar a inicio) y ábrala desde allí. Así, los técnicos podrán contactarle mediante notificaciones.",
  noService:
    "No se pudo acceder al servicio de notificaciones de este navegador. Inténtelo más tarde.",

  notifications: "Notificaciones",
  sendNotification: "Enviar notificación",
  sendTo: "Notificación para {name}",
  text: "Texto",
  arrivesNow: "Aparecerá en el dispositivo ahora.",
  arrivesByPush:
    "La página está cerrada allí. El dispositivo mostrará una notificación sin el texto.",
  arrivesLater:
    "No se puede contactar con el dispositivo ahora. Aparecerá cuando se abra su página.",
  stateAt: "{state} · {time}",
  stateSent: "Enviada",
  stateDelivered: "Entregada",
  stateRead: "Leída",
  stateAnswered: "Respondida",
  takeBack: "Retirar",
  takeBackOf: "Retirar la notificación para {name}",
  dismissOf: "Descartar la notificación para {name}",
  answerFrom: "Respuesta de {name}",
  startSession: "Iniciar sesión de soporte",
  byNotification: "localizable por notificación",
  alertMe: "Avisarme",
  alertHint: "Muestra una notificación cuando ocurre algo mientras usted mira otra ventana.",
  newMessage: "Mensaje nuevo de {name}",
  calling: "Llamada de {name}",
};
