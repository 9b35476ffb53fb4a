import type { equipment as english } from "../en/equipment.ts";
import type { Translated } from "../message.ts";

export const equipment: Translated<typeof english> = {
  check: "Technik prüfen",
  intro:
    "Probieren Sie aus, was eine Sitzung braucht. Nichts wird aufgenommen, und nichts wird eingeschaltet, bevor Sie tippen.",
  loadFailed:
    "Die Prüfung konnte nicht geladen werden. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.",

  microphone: "Mikrofon",
  microphoneTry: "Mikrofon testen",
  microphoneAsking:
    "Ihr Browser fragt, ob diese Seite das Mikrofon benutzen darf. Erlauben Sie es.",
  microphoneSpeak: "Sagen Sie etwas. Der Balken sollte sich bewegen.",
  microphoneOk: "Das Mikrofon hört Sie.",
  microphoneSilent:
    "Es war nichts zu hören. Sprechen Sie lauter oder prüfen Sie, ob das Mikrofon verdeckt oder ausgeschaltet ist.",
  microphoneDenied:
    "Diese Seite darf das Mikrofon nicht benutzen. Erlauben Sie es in den Website-Einstellungen des Browsers und versuchen Sie es dann noch einmal.",
  microphoneMissing:
    "Es wurde kein Mikrofon gefunden. Schließen Sie eines an und versuchen Sie es dann noch einmal.",
  microphoneBusy:
    "Eine andere App benutzt das Mikrofon. Schließen Sie sie und versuchen Sie es dann noch einmal.",
  level: "Pegel des Mikrofons",
  stop: "Stopp",

  camera: "Kamera",
  cameraTry: "Kamera testen",
  cameraAsking: "Ihr Browser fragt, ob diese Seite die Kamera benutzen darf. Erlauben Sie es.",
  cameraOpening: "Die Kamera wird eingeschaltet …",
  cameraOk: "Die Kamera funktioniert.",
  cameraDenied:
    "Diese Seite darf die Kamera nicht benutzen. Erlauben Sie es in den Website-Einstellungen des Browsers und versuchen Sie es dann noch einmal.",
  cameraMissing: "Es wurde keine Kamera gefunden. Anrufe gehen auch nur mit Ton.",
  cameraBusy:
    "Die Kamera zeigt nichts. Vielleicht benutzt sie eine andere App: Schließen Sie diese und versuchen Sie es dann noch einmal.",
  cameraChoose: "Welche Kamera",
  cameraNumber: "Kamera {number}",
  cameraPreview: "Bild Ihrer Kamera",

  insecure:
    "Browser geben Mikrofon und Kamera nur an HTTPS-Seiten. Fragen Sie Ihr Support-Team nach der https-Adresse dieser Seite.",

  speaker: "Lautsprecher",
  speakerTry: "Testton abspielen",
  speakerPlaying: "Drei Töne werden abgespielt …",
  speakerAsk: "Haben Sie drei Töne gehört?",
  yes: "Ja",
  no: "Nein",
  speakerHeard: "Sie können den Ton dieser Seite hören.",
  speakerUnheard:
    "Stellen Sie den Ton lauter, schalten Sie „Lautlos“ aus und prüfen Sie, ob Kopfhörer verbunden sind. Versuchen Sie es dann noch einmal.",

  notifications: "Benachrichtigungen",
  notificationsUnasked: "Diese Seite darf noch keine Benachrichtigungen zeigen.",
  notificationsAllow: "Benachrichtigungen erlauben",
  notificationsOn: "Diese Seite darf Benachrichtigungen zeigen.",
  notificationsOff:
    "Benachrichtigungen sind blockiert. Erlauben Sie sie in den Website-Einstellungen des Browsers, damit Sie merken, wenn Ihnen jemand helfen möchte.",
  notificationsUnsupported:
    "Dieser Browser kann hier keine Benachrichtigungen zeigen. Fügen Sie diese Seite auf einem iPhone zuerst zum Home-Bildschirm hinzu.",
  notificationsTry: "Benachrichtigung testen",
  notificationsShown:
    "Eine Benachrichtigung wurde gesendet. Wenn Sie sie nicht sehen, prüfen Sie die Benachrichtigungen in den Einstellungen des Geräts.",
  notificationsFailed: "Die Benachrichtigung konnte nicht gezeigt werden.",
  notificationTitle: "Live Support",
  notificationBody: "Das ist ein Test. Benachrichtigungen funktionieren.",

  network: "Netzwerk",
  networkTry: "Netzwerk testen",
  networkRunning: "Die Wege zu Live Support werden ausprobiert …",
  networkGood: "Anrufe und Text kommen gut durch.",
  networkTcp:
    "Anrufe kommen durch, können aber stocken: Dieses Netzwerk blockiert UDP. Ein anderes, etwa mobile Daten, ist vielleicht besser.",
  networkRelayed:
    "Anrufe kommen nur über ein Relais durch und können stocken. Ein anderes Netzwerk ist vielleicht besser.",
  networkBlocked:
    "Schreiben geht, aber Anrufe kommen durch dieses Netzwerk nicht durch. Versuchen Sie ein anderes, etwa mobile Daten statt WLAN.",
  networkNode:
    "Schreiben geht, aber Anrufe sind nicht möglich: Der Anruf-Server antwortet nicht. Versuchen Sie es in einer Minute noch einmal.",
  networkWeb:
    "Diese Seite erreicht Live Support nicht. Prüfen Sie, ob WLAN oder mobile Daten eingeschaltet sind.",
  legWeb: "Live Support und Text",
  legNode: "Anruf-Server",
  legUdp: "Anrufe über UDP",
  legTcp: "Anrufe über TCP",
  legTurn: "Anrufe über TURN",
  legOk: "funktioniert",
  legFailed: "funktioniert nicht",
  legUnset: "nicht eingerichtet",
  legUntested: "nicht getestet",

  asked: "{name} bittet Sie, die Technik dieses Geräts zu prüfen.",
  notNow: "Nicht jetzt",

  ask: "Um Technik-Prüfung bitten",
  wishAsked: "Die Person am Gerät wurde gebeten, die Technik zu prüfen.",
  wishDeclined: "Die Person am Gerät möchte die Technik jetzt nicht prüfen.",
  wishRunning: "Die Person am Gerät prüft die Technik …",
  checkedFine: "Technik geprüft ({when}): Was getestet wurde, funktioniert.",
  checkedProblems: "Technik geprüft ({when}): {problems}.",
  details: "Technik von {name}",
  showDetails: "Details zur Technik",
  noMicrophone: "kein Mikrofon",
  microphoneBlocked: "Mikrofon nicht erlaubt",
  microphoneUsed: "Mikrofon von anderer App benutzt",
  microphoneUnheard: "Mikrofon hört nichts",
  noCamera: "keine Kamera",
  cameraBlocked: "Kamera nicht erlaubt",
  cameraUsed: "Kamera von anderer App benutzt",
  noHttps: "kein HTTPS",
  soundUnheard: "Ton nicht gehört",
  popupsOff: "Benachrichtigungen blockiert",
  noWeb: "kein Weg zum Server",
  noNode: "kein Weg zum Anruf-Server",
  noUdp: "kein UDP",
  noTcp: "kein TCP",
  noTurn: "kein Weg über TURN",
  works: "funktioniert",
  notTried: "nicht getestet",
  popupsUnasked: "noch nicht gefragt",
  popupsUnsupported: "in diesem Browser nicht möglich",
};
