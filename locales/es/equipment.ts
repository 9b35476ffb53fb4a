import type { equipment as english } from "../en/equipment.ts";
import type { Translated } from "../message.ts";

export const equipment: Translated<typeof english> = {
  check: "Comprobar dispositivo",
  intro:
    "Pruebe lo que necesita una sesión. No se graba nada, y nada se activa antes de que usted lo toque.",
  loadFailed: "No se pudo cargar la comprobación. Compruebe la conexión e inténtelo de nuevo.",

  microphone: "Micrófono",
  microphoneTry: "Probar micrófono",
  microphoneAsking: "El navegador pregunta si esta página puede usar el micrófono. Permítalo.",
  microphoneSpeak: "Diga algo. La barra debería moverse.",
  microphoneOk: "El micrófono le oye.",
  microphoneSilent:
    "No se oyó nada. Hable más alto, o compruebe si el micrófono está tapado o apagado.",
  microphoneDenied:
    "Esta página no tiene permiso para usar el micrófono. Permítalo en la configuración del sitio del navegador e inténtelo de nuevo.",
  microphoneMissing: "No se encontró ningún micrófono. Conecte uno e inténtelo de nuevo.",
  microphoneBusy: "Otra aplicación está usando el micrófono. Ciérrela e inténtelo de nuevo.",
  level: "Nivel del micrófono",
  stop: "Detener",

  camera: "Cámara",
  cameraTry: "Probar cámara",
  cameraAsking: "El navegador pregunta si esta página puede usar la cámara. Permítalo.",
  cameraOpening: "Abriendo la cámara…",
  cameraOk: "La cámara funciona.",
  cameraDenied:
    "Esta página no tiene permiso para usar la cámara. Permítalo en la configuración del sitio del navegador e inténtelo de nuevo.",
  cameraMissing: "No se encontró ninguna cámara. Las llamadas funcionan solo con voz.",
  cameraBusy:
    "La cámara no muestra nada. Puede que otra aplicación la esté usando: ciérrela e inténtelo de nuevo.",
  cameraChoose: "Qué cámara",
  cameraNumber: "Cámara {number}",
  cameraPreview: "Imagen de su cámara",

  insecure:
    "Los navegadores solo dan acceso al micrófono y a la cámara en páginas HTTPS. Pida a su equipo de soporte la dirección https de esta página.",

  speaker: "Altavoz",
  speakerTry: "Probar altavoz",
  speakerPlaying: "Suenan tres notas…",
  speakerAsk: "¿Ha oído tres notas?",
  yes: "Sí",
  no: "No",
  speakerHeard: "Puede oír el sonido de esta página.",
  speakerUnheard:
    "Suba el volumen, desactive el modo silencio y compruebe si hay auriculares conectados. Después inténtelo de nuevo.",

  notifications: "Notificaciones",
  notificationsUnasked: "Esta página todavía no puede mostrar notificaciones.",
  notificationsAllow: "Permitir notificaciones",
  notificationsOn: "Esta página puede mostrar notificaciones.",
  notificationsOff:
    "Las notificaciones están bloqueadas. Permítalas en la configuración del sitio del navegador para saber cuándo alguien quiere ayudarle.",
  notificationsUnsupported:
    "Este navegador no puede mostrar notificaciones aquí. En un iPhone, añada primero esta página a la pantalla de inicio.",
  notificationsTry: "Probar notificaciones",
  notificationsShown:
    "Se envió una notificación. Si no la ve, compruebe los ajustes de notificaciones del sistema.",
  notificationsFailed: "No se pudo mostrar la notificación.",
  notificationTitle: "Live Support",
  notificationBody: "Esto es una prueba. Las notificaciones funcionan.",

  network: "Red",
  networkTry: "Probar red",
  networkRunning: "Probando los caminos a Live Support…",
  networkGood: "Las llamadas y el texto funcionan bien.",
  networkTcp:
    "Las llamadas funcionan, pero pueden entrecortarse: esta red bloquea UDP. Puede que otra red, como los datos móviles, funcione mejor.",
  networkRelayed:
    "Las llamadas solo funcionan a través de un servidor intermedio y pueden entrecortarse. Puede que otra red funcione mejor.",
  networkBlocked:
    "El texto funciona, pero las llamadas no pueden pasar por esta red. Pruebe otra, como los datos móviles en lugar de la Wi-Fi.",
  networkNode:
    "El texto funciona, pero no se pueden hacer llamadas: el servidor de llamadas no responde. Inténtelo de nuevo en un minuto.",
  networkWeb:
    "Esta página no puede acceder a Live Support. Compruebe que la Wi-Fi o los datos móviles estén activados.",
  legWeb: "Live Support y texto",
  legNode: "Servidor de llamadas",
  legUdp: "Llamadas por UDP",
  legTcp: "Llamadas por TCP",
  legTurn: "Llamadas a través de TURN",
  legOk: "funciona",
  legFailed: "no funciona",
  legUnset: "no configurado",
  legUntested: "no probado",

  asked: "{name} le pide que compruebe este dispositivo.",
  notNow: "Ahora no",

  ask: "Pedir comprobación",
  wishAsked: "Se ha pedido al usuario que compruebe el dispositivo.",
  wishDeclined: "El usuario no quiere comprobar el dispositivo ahora.",
  wishRunning: "El usuario está comprobando el dispositivo…",
  checkedFine: "Dispositivo comprobado {when}: todo lo que se probó funciona.",
  checkedProblems: "Dispositivo comprobado {when}: {problems}.",
  details: "Comprobación de {name}",
  showDetails: "Detalles",
  noMicrophone: "sin micrófono",
  microphoneBlocked: "micrófono no permitido",
  microphoneUsed: "micrófono en uso por otra aplicación",
  microphoneUnheard: "el micrófono no oye nada",
  noCamera: "sin cámara",
  cameraBlocked: "cámara no permitida",
  cameraUsed: "cámara en uso por otra aplicación",
  noHttps: "sin HTTPS",
  soundUnheard: "no se oyó el sonido",
  popupsOff: "notificaciones bloqueadas",
  noWeb: "sin acceso al servidor",
  noNode: "sin acceso al servidor de llamadas",
  noUdp: "sin UDP",
  noTcp: "sin TCP",
  noTurn: "sin acceso a través de TURN",
  works: "funciona",
  notTried: "sin probar",
  popupsUnasked: "permiso no solicitado todavía",
  popupsUnsupported: "no es posible en este navegador",
};
