import type { notifications as english } from "../en/notifications.ts";
import type { Translated } from "../message.ts";

export const notifications: Translated<typeof english> = {
  pushTitle: "Nachricht von Ihrem Support-Team",
  ringTitle: "Live Support möchte Ihnen helfen",
  callTitle: "Ihr Techniker ruft an",
  missedTitle: "Verpasste Live-Support-Sitzung",
  missedText: "Ihr Techniker wartet noch auf Ihre Antwort.",
  textTitle: "Neue Nachricht in Ihrer Support-Sitzung",
  overTitle: "Live Support",
  overText: "Nichts wartet auf Sie.",
  testTitle: "Benachrichtigungen funktionieren",
  testText: "Ihr Support-Team kann dieses Gerät jetzt erreichen.",
  tapToRead: "Zum Lesen tippen.",
  tapToAnswer: "Zum Annehmen tippen.",
  respond: "Antworten",
  read: "Als gelesen markieren",
  open: "Öffnen",

  region: "Nachrichten von Ihrem Support-Team",
  waiting: {
    one: "{count} Nachricht von Ihrem Support-Team",
    other: "{count} Nachrichten von Ihrem Support-Team",
  },
  from: "Nachricht von {name}",
  answer: "Ihre Antwort",
  answerTo: "Antwort an {name}",
  send: "Antwort senden",
  answered: "Ihre Antwort wurde gesendet.",
  cancel: "Abbrechen",
  newText: "Neue Nachricht von {name}",

  reachTitle: "Wenn diese Seite geschlossen ist",
  reachText: "So erreichen Techniker Sie über Benachrichtigungen auf diesem Gerät.",
  turnOn: "Benachrichtigungen einschalten",
  turnOff: "Benachrichtigungen ausschalten",
  onTitle: "Benachrichtigungen sind an",
  onText: "Techniker erreichen Sie hier auch, wenn diese Seite geschlossen ist.",
  blockedTitle: "Benachrichtigungen sind blockiert",
  blocked:
    "Erlauben Sie Benachrichtigungen für diese Seite in den Website-Einstellungen des Browsers und laden Sie sie dann neu.",
  homeScreen:
    "Fügen Sie diese Seite zum Home-Bildschirm hinzu („Teilen“, dann „Zum Home-Bildschirm“) und öffnen Sie sie dort. Dann erreichen Techniker Sie über Benachrichtigungen.",
  noService:
    "Der Benachrichtigungsdienst dieses Browsers ist nicht erreichbar. Versuchen Sie es später noch einmal.",

  notifications: "Benachrichtigungen",
  sendNotification: "Benachrichtigung senden",
  sendTo: "Benachrichtigung an {name}",
  text: "Text",
  arrivesNow: "Sie erscheint jetzt auf dem Gerät.",
  arrivesByPush:
    "Die Seite ist dort geschlossen. Das Gerät zeigt eine Benachrichtigung ohne den Text.",
  arrivesLater:
    "Das Gerät ist gerade nicht erreichbar. Sie erscheint, wenn die Seite dort geöffnet wird.",
  stateAt: "{state} · {time}",
  stateSent: "Gesendet",
  stateDelivered: "Zugestellt",
  stateRead: "Gelesen",
  stateAnswered: "Beantwortet",
  takeBack: "Zurücknehmen",
  takeBackOf: "Benachrichtigung an {name} zurücknehmen",
  dismissOf: "Benachrichtigung an {name} ausblenden",
  answerFrom: "Antwort von {name}",
  startSession: "Sitzung beginnen",
  byNotification: "über Benachrichtigung erreichbar",
  alertMe: "Mich benachrichtigen",
  alertHint:
    "Zeigt eine Benachrichtigung, wenn etwas geschieht, während Sie ein anderes Fenster ansehen.",
  newMessage: "Neue Nachricht von {name}",
  calling: "{name} ruft an",
};
