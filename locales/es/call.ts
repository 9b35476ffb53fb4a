import type { call as english } from "../en/call.ts";
import type { Translated } from "../message.ts";

export const call: Translated<typeof english> = {
  checking: "Comprobando si hay llamadas disponibles…",
  serviceOff: "Live Support está desactivado en este dispositivo.",
  callsOff: "Las llamadas están desactivadas.",
  videoOff: "El video está desactivado.",
  preparing: "Preparando las llamadas ({percent} %)",
  unavailable: "Las llamadas no están disponibles ahora. El texto funciona.",
  unavailableBecause: "Las llamadas no están disponibles: {reason}",

  start: "Llamar",
  startVideo: "Videollamada",
  acceptVideo: "Aceptar con video",
  acceptVoice: "Aceptar con voz",
  acceptText: "Aceptar con texto",
  reject: "Rechazar",
  decline: "Rechazar",
  hangUp: "Colgar",
  isCalling: "Llamada de {name}",

  group: "Llamada",
  audioOutput: "Salida de audio",
  mute: "Silenciar micrófono",
  unmute: "Activar micrófono",
  startCamera: "Encender cámara",
  stopCamera: "Apagar cámara",
  switchCamera: "Cambiar cámara",
  oneCamera: "Este dispositivo tiene una sola cámara.",
  text: "Texto",
  more: "Más",
  newCount: { one: "{count} nuevo", many: "{count} de nuevos", other: "{count} nuevos" },
  playThrough: "Reproducir el sonido en",
  systemDefault: "Predeterminada del sistema",
  tapToHear: "Toque para oír",

  videoOf: "Video de {name}",
  ownVideo: "Su propio video",
  muted: "Silenciado",
  length: "Duración de la llamada",
  calling: "Llamando a {name}…",
  connecting: "Conectando…",
  waitingFor: "Esperando a {name}…",
  reconnecting: "Se perdió la conexión. Reconectando…",
  notConnected: "Sin conexión",
  couldNotConnect: "No se pudo establecer la llamada.",
  hangingUp: "Colgando…",
  loadFailed: "No se pudo cargar la llamada. Compruebe la conexión e inténtelo de nuevo.",
  elsewhere: "La llamada está en otra página.",
  moveHere: "Traer la llamada aquí",
  otherCall: "El usuario espera en una llamada mientras usted está en otra.",
  takeThis: "Colgar allí y hablar aquí",

  microphoneDenied:
    "La otra persona no le oye: esta página no tiene permiso para usar el micrófono. Permítalo en la configuración del sitio del navegador y después active el micrófono.",
  microphoneMissing:
    "La otra persona no le oye: no se encontró ningún micrófono. Conecte uno y después actívelo.",
  microphoneBusy:
    "La otra persona no le oye: otra aplicación está usando el micrófono. Ciérrela y después active el micrófono.",
  microphonePaused: "La otra persona no le oye: su dispositivo ha desactivado el micrófono.",
  cameraDenied:
    "La otra persona no le ve: esta página no tiene permiso para usar la cámara. Permítalo en la configuración del sitio del navegador y después encienda la cámara de nuevo.",
  cameraMissing:
    "La otra persona no le ve: no se encontró ninguna cámara. La llamada continúa con voz.",
  cameraBusy:
    "La otra persona no le ve: otra aplicación está usando la cámara. Ciérrela y después encienda la cámara de nuevo.",
  cameraPaused: "La otra persona no le ve: su dispositivo ha pausado la cámara.",
  devicesDenied:
    "La otra persona no le oye ni le ve: esta página no tiene permiso para usar el micrófono y la cámara. Permítalo en la configuración del sitio del navegador y después active el micrófono.",
  devicesMissing:
    "La otra persona no le oye ni le ve: no se encontró ningún micrófono ni ninguna cámara.",
  devicesBusy:
    "La otra persona no le oye ni le ve: otra aplicación está usando el micrófono y la cámara. Ciérrela y después active el micrófono.",
  devicesPaused:
    "La otra persona no le oye ni le ve: su dispositivo ha desactivado el micrófono y la cámara.",
  insecure:
    "La otra persona no le oye ni le ve: los navegadores solo dan acceso al micrófono y a la cámara en páginas HTTPS. Pida a su administrador la dirección https de esta página.",
  unsupported:
    "Este navegador no permite hacer llamadas. Use una versión actual de Chrome, Edge, Firefox o Safari; aquí el texto funciona.",
  connectionLost:
    "Se perdió la conexión con la llamada. Intentando recuperarla; el texto sigue funcionando.",
  tooSlow: "No se pudo enviar: la conexión es demasiado lenta en este momento. Inténtelo de nuevo.",
  replaced: "La llamada continúa en otra ventana. Únase aquí para recuperarla.",
};
