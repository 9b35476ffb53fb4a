import type { call as english } from "../en/call.ts";
import type { Translated } from "../message.ts";

export const call: Translated<typeof english> = {
  checking: "Es wird geprüft, ob Anrufe möglich sind …",
  serviceOff: "Live Support ist für dieses Gerät ausgeschaltet.",
  callsOff: "Anrufe sind ausgeschaltet.",
  videoOff: "Video ist ausgeschaltet.",
  preparing: "Anrufe werden vorbereitet ({percent} %)",
  unavailable: "Anrufe sind gerade nicht möglich. Schreiben geht.",
  unavailableBecause: "Anrufe sind nicht möglich: {reason}",

  start: "Anrufen",
  startVideo: "Mit Video anrufen",
  acceptVideo: "Mit Video annehmen",
  acceptVoice: "Mit Ton annehmen",
  acceptText: "Mit Text annehmen",
  reject: "Ablehnen",
  decline: "Ablehnen",
  hangUp: "Auf­legen",
  isCalling: "{name} ruft an",

  group: "Anruf",
  audioOutput: "Ton­ausgabe",
  mute: "Mikrofon aus­schalten",
  unmute: "Mikrofon ein­schalten",
  startCamera: "Kamera ein­schalten",
  stopCamera: "Kamera aus­schalten",
  switchCamera: "Kamera wechseln",
  oneCamera: "Dieses Gerät hat nur eine Kamera.",
  more: "Mehr",
  text: "Text",
  newCount: { one: "{count} neue", other: "{count} neue" },
  playThrough: "Ton ausgeben über",
  systemDefault: "Standard des Systems",
  tapToHear: "Tippen, um zu hören",

  videoOf: "Video von {name}",
  ownVideo: "Ihr eigenes Video",
  muted: "Stumm",
  length: "Dauer des Anrufs",
  calling: "{name} wird angerufen …",
  connecting: "Verbindung wird aufgebaut …",
  waitingFor: "Warten auf {name} …",
  reconnecting: "Verbindung verloren. Sie wird wiederhergestellt …",
  notConnected: "Nicht verbunden",
  couldNotConnect: "Der Anruf konnte nicht verbunden werden.",
  hangingUp: "Wird aufgelegt …",
  loadFailed:
    "Der Anruf konnte nicht geladen werden. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.",
  elsewhere: "Der Anruf läuft auf einer anderen Seite.",
  moveHere: "Anruf hierher holen",
  otherCall: "Die Person am Gerät wartet in einem Anruf, während Sie in einem anderen sind.",
  takeThis: "Dort auflegen und hier sprechen",

  microphoneDenied:
    "Die andere Seite hört Sie nicht: Diese Seite darf das Mikrofon nicht benutzen. Erlauben Sie es in den Website-Einstellungen des Browsers und schalten Sie es dann ein.",
  microphoneMissing:
    "Die andere Seite hört Sie nicht: Es wurde kein Mikrofon gefunden. Schließen Sie eines an und schalten Sie es dann ein.",
  microphoneBusy:
    "Die andere Seite hört Sie nicht: Eine andere App benutzt das Mikrofon. Schließen Sie sie und schalten Sie es dann ein.",
  microphonePaused: "Die andere Seite hört Sie nicht: Ihr Gerät hat sein Mikrofon ausgeschaltet.",
  cameraDenied:
    "Die andere Seite sieht Sie nicht: Diese Seite darf die Kamera nicht benutzen. Erlauben Sie es in den Website-Einstellungen des Browsers und schalten Sie die Kamera dann wieder ein.",
  cameraMissing:
    "Die andere Seite sieht Sie nicht: Es wurde keine Kamera gefunden. Der Anruf geht mit Ton weiter.",
  cameraBusy:
    "Die andere Seite sieht Sie nicht: Eine andere App benutzt die Kamera. Schließen Sie sie und schalten Sie die Kamera dann wieder ein.",
  cameraPaused: "Die andere Seite sieht Sie nicht: Ihr Gerät hat die Kamera angehalten.",
  devicesDenied:
    "Die andere Seite kann Sie weder hören noch sehen: Diese Seite darf Mikrofon und Kamera nicht benutzen. Erlauben Sie beides in den Website-Einstellungen des Browsers und schalten Sie das Mikrofon dann ein.",
  devicesMissing:
    "Die andere Seite kann Sie weder hören noch sehen: Es wurden weder Mikrofon noch Kamera gefunden.",
  devicesBusy:
    "Die andere Seite kann Sie weder hören noch sehen: Eine andere App benutzt Mikrofon und Kamera. Schließen Sie sie und schalten Sie das Mikrofon dann ein.",
  devicesPaused:
    "Die andere Seite kann Sie weder hören noch sehen: Ihr Gerät hat Mikrofon und Kamera ausgeschaltet.",
  insecure:
    "Die andere Seite kann Sie weder hören noch sehen: Browser geben Mikrofon und Kamera nur an HTTPS-Seiten. Fragen Sie Ihre Administration nach der https-Adresse dieser Seite.",
  unsupported:
    "Mit diesem Browser sind keine Anrufe möglich. Nehmen Sie ein aktuelles Chrome, Edge, Firefox oder Safari; Schreiben geht hier.",
  connectionLost:
    "Die Verbindung zum Anruf ist verloren. Sie wird wiederhergestellt; Schreiben geht weiterhin.",
  tooSlow:
    "Das konnte nicht gesendet werden: Die Verbindung ist gerade zu langsam. Versuchen Sie es noch einmal.",
  replaced:
    "Der Anruf geht in einem anderen Fenster weiter. Treten Sie hier bei, um ihn zurückzuholen.",
};
