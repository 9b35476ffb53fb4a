import type { admin as english } from "../en/admin.ts";
import type { Translated } from "../message.ts";

export const admin: Translated<typeof english> = {
  settings: "Configuración",
  notAllowed: "Solo los administradores pueden cambiar la configuración. Consulte a uno de ellos.",
  backToConsole: "Volver a la consola",
  chatService: "Servicio de chat",
  chatServiceText:
    "Para todos los dispositivos. Los cambios se aplican de inmediato, también en las sesiones abiertas.",
  team: "Equipo de soporte",

  service: "Servicio de chat",
  serviceHint: "Si se desactiva, el estado de todos los dispositivos es Desactivado.",
  text: "Texto",
  textHint: "Mensajes en una sesión.",
  files: "Archivos",
  filesHint: "Fotos y archivos en una sesión. Necesitan el texto.",
  voice: "Voz",
  voiceHint: "Llamadas. El video también las necesita.",
  video: "Video",
  videoHint: "Cámaras en las llamadas.",
  savedAsMade: "Los cambios se guardan automáticamente.",
  saving: "Guardando…",
  saved: "Guardado. Ya se aplica a todos.",
  notSaved: "No se ha guardado. {reason}",

  administrator: "Administrador",
  technician: "Técnico",
  nextRole: "Función de la próxima persona",
  technicianRole: "Técnico: ayuda a los usuarios de los dispositivos",
  administratorRole: "Administrador: además, cambia la configuración",
  createInvitation: "Crear enlace de invitación",
  sendLink: "Envíe este enlace a una sola persona; sirve una vez.",
  invitationLink: "Enlace de invitación",
};
