import type { account as english } from "../en/account.ts";
import type { Translated } from "../message.ts";

export const account: Translated<typeof english> = {
  pageTitle: "{page} · Live Support",
  console: "Konsole",
  welcome: "Willkommen",
  welcomeHeading: "Willkommen bei Live Support",
  welcomeText: "Hier spricht Ihr Support-Team mit Ihnen und sieht, was Sie ihm zeigen.",
  signInAsTechnician: "Als Techniker anmelden",
  shouldThisDevice:
    "Soll dieses Gerät Hilfe bekommen? Ihr Support-Team schickt Ihnen einen Link dafür. Öffnen Sie diesen Link auf diesem Gerät.",
  notReady:
    "Live Support läuft, und noch kann sich niemand anmelden. Der Einrichtungs-Link steht in dem Terminal, in dem es gestartet wurde: Öffnen Sie ihn, um das Administrator-Konto anzulegen.",

  signIn: "Anmelden",
  email: "E-Mail",
  password: "Passwort",
  tryAgainIn: {
    one: "Zu viele Anmeldeversuche. Versuchen Sie es in {count} Minute wieder.",
    other: "Zu viele Anmeldeversuche. Versuchen Sie es in {count} Minuten wieder.",
  },

  setupLink: "Einrichtungs-Link",
  linkDead: "Dieser Link gilt nicht mehr",
  firstLinkHint:
    "Der Link für das erste Administrator-Konto steht in dem Terminal, in dem Live Support gestartet wurde; ein neuer Start zeigt einen neuen.",
  setUpProduct: "Live Support einrichten",
  createYourAccount: "Ihr Konto anlegen",
  firstHere:
    "Sie sind als Erste hier. Dieses Konto verwaltet Live Support: Es nimmt Geräte auf, lädt Kolleginnen und Kollegen ein und ändert Einstellungen.",
  invited: "Jemand aus dem Team hat Sie eingeladen, Live-Support zu geben.",
  name: "Name",
  nameHint: "So, wie ihn die Personen an den Geräten sehen.",
  passwordHint: { one: "Mindestens {count} Zeichen.", other: "Mindestens {count} Zeichen." },
  passwordShort: {
    one: "Nehmen Sie mindestens {count} Zeichen.",
    other: "Nehmen Sie mindestens {count} Zeichen.",
  },
  passwordLong: {
    one: "Nehmen Sie höchstens {count} Zeichen.",
    other: "Nehmen Sie höchstens {count} Zeichen.",
  },
  createAdministrator: "Administrator-Konto anlegen",
  createAccount: "Konto anlegen",

  setUpDevice: "Dieses Gerät einrichten",
  enrollDead:
    "Ein Link gilt einmal und einen Tag lang. Dieser wurde schon benutzt oder ist zu alt. Nichts ist kaputt.",
  askNewLink:
    "Bitten Sie Ihr Support-Team um einen neuen Link und öffnen Sie ihn auf diesem Gerät.",
  enrollText:
    "Danach kann Ihr Support-Team Sie auf diesem Gerät anrufen und Ihnen schreiben, wenn Sie Hilfe brauchen. Es sieht und hört nichts, bis Sie Ja sagen.",
  knownAs: "Ihr Support-Team kennt dieses Gerät als {name}.",
  setUpAs: "Dieses Gerät ist jetzt als {name} eingerichtet. Das wird ersetzt.",

  thisDevice: "Dieses Gerät",
  deviceUnknown: "Dieses Gerät ist nicht eingerichtet",
  deviceRemoved: "Ihr Support-Team hat dieses Gerät aus Live Support entfernt.",
  deviceForgotten:
    "Live Support kennt dieses Gerät noch nicht, oder seine Daten wurden im Browser gelöscht.",
  askLink:
    "Um hier Hilfe zu bekommen, bitten Sie Ihr Support-Team um einen Link und öffnen Sie ihn auf diesem Gerät.",

  offline: "Live Support ist nicht erreichbar",
  offlineText:
    "Dieses Gerät hat gerade keine Verbindung zum Server. Es versucht es von selbst wieder.",
  offlineDevice:
    "Dieses Gerät ist gerade mit keinem Netzwerk verbunden. Sobald es wieder da ist, geht es hier von selbst weiter.",
  offlineKept: "Was Sie geschrieben haben, ist noch da.",
  tryNow: "Jetzt versuchen",

  goToStart: "Zur Startseite",
  errorSignIn: "Bitte melden Sie sich an",
  errorRefused: "Das wurde abgelehnt",
  errorNotFound: "Seite nicht gefunden",
  errorMethod: "Das geht hier nicht",
  errorNotPage: "Das ist keine Seite",
  errorInternal: "Etwas ist schiefgegangen",
};
