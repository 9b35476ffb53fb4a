import type { account as english } from "../en/account.ts";
import type { Translated } from "../message.ts";

export const account: Translated<typeof english> = {
  pageTitle: "{page} · Live Support",
  console: "Consola",
  welcome: "Bienvenida",
  welcomeHeading: "Le damos la bienvenida a Live Support",
  welcomeText: "Aquí, su equipo de soporte habla con usted y ve lo que usted le muestra.",
  signInAsTechnician: "Iniciar sesión como técnico",
  shouldThisDevice:
    "¿Necesita soporte en este dispositivo? Su equipo de soporte le enviará un enlace. Ábralo en este dispositivo.",
  notReady:
    "Live Support funciona, pero todavía nadie puede iniciar sesión. El enlace de configuración está en el terminal donde se inició: ábralo para crear la cuenta de administrador.",

  signIn: "Iniciar sesión",
  email: "Correo electrónico",
  password: "Contraseña",
  tryAgainIn: {
    one: "Demasiados intentos de iniciar sesión. Inténtelo de nuevo en {count} minuto.",
    many: "Demasiados intentos de iniciar sesión. Inténtelo de nuevo en {count} de minutos.",
    other: "Demasiados intentos de iniciar sesión. Inténtelo de nuevo en {count} minutos.",
  },

  setupLink: "Enlace de configuración",
  linkDead: "Este enlace ya no funciona",
  firstLinkHint:
    "El enlace para el primer administrador está en el terminal donde se inició Live Support; si se inicia de nuevo, se muestra otro.",
  setUpProduct: "Configurar Live Support",
  createYourAccount: "Cree su cuenta",
  firstHere:
    "Usted es la primera persona aquí. Esta cuenta administra Live Support: añade dispositivos, invita a colegas y cambia la configuración.",
  invited: "Un colega le ha invitado a prestar soporte en vivo.",
  name: "Nombre",
  nameHint: "Tal como lo ven los usuarios de los dispositivos.",
  passwordHint: {
    one: "Como mínimo {count} carácter.",
    many: "Como mínimo {count} de caracteres.",
    other: "Como mínimo {count} caracteres.",
  },
  passwordShort: {
    one: "Use como mínimo {count} carácter.",
    many: "Use como mínimo {count} de caracteres.",
    other: "Use como mínimo {count} caracteres.",
  },
  passwordLong: {
    one: "Use como máximo {count} carácter.",
    many: "Use como máximo {count} de caracteres.",
    other: "Use como máximo {count} caracteres.",
  },
  createAdministrator: "Crear administrador",
  createAccount: "Crear cuenta",

  setUpDevice: "Configurar este dispositivo",
  enrollDead:
    "Cada enlace sirve una sola vez y durante un día. Este ya se usó o es demasiado antiguo. No hay nada dañado.",
  askNewLink: "Pida un enlace nuevo a su equipo de soporte y ábralo en este dispositivo.",
  enrollText:
    "Después, su equipo de soporte podrá llamarle y escribirle en este dispositivo cuando usted necesite ayuda. No podrá ver ni oír nada hasta que usted lo acepte.",
  knownAs: "Su equipo de soporte conoce este dispositivo como {name}.",
  setUpAs: "Este dispositivo está configurado como {name}. Eso se reemplazará.",

  thisDevice: "Este dispositivo",
  deviceUnknown: "Este dispositivo no está configurado",
  deviceRemoved: "Su equipo de soporte ha quitado este dispositivo de Live Support.",
  deviceForgotten:
    "Live Support todavía no conoce este dispositivo, o se borraron sus datos del navegador.",
  askLink:
    "Para recibir ayuda aquí, pida un enlace a su equipo de soporte y ábralo en este dispositivo.",

  offline: "No se puede acceder a Live Support",
  offlineText:
    "Este dispositivo no tiene conexión con el servidor en este momento. Lo volverá a intentar automáticamente.",
  offlineDevice:
    "Este dispositivo no está conectado a ninguna red en este momento. Cuando lo esté, esta página continuará automáticamente.",
  offlineKept: "Lo que ha escrito se conserva.",
  tryNow: "Intentar ahora",

  goToStart: "Ir a la página de inicio",
  errorSignIn: "Inicie sesión",
  errorRefused: "Solicitud rechazada",
  errorNotFound: "Página no encontrada",
  errorMethod: "Eso no funciona aquí",
  errorNotPage: "Eso no es una página",
  errorInternal: "Algo ha fallado",
};
