import type { admin as english } from "../en/admin.ts";
import type { Translated } from "../message.ts";

export const admin: Translated<typeof english> = {
  settings: "Einstellungen",
  notAllowed: "Nur die Administration kann Einstellungen ändern. Fragen Sie dort.",
  backToConsole: "Zurück zur Konsole",
  chatService: "Chat-Dienst",
  chatServiceText: "Für alle Geräte. Änderungen gelten sofort, auch in offenen Sitzungen.",
  team: "Team",

  service: "Chat-Dienst",
  serviceHint: "Aus: Der Status aller Geräte ist „Ausgeschaltet“.",
  text: "Text",
  textHint: "Nachrichten in einer Sitzung.",
  files: "Dateien",
  filesHint: "Fotos und Dateien in einer Sitzung. Sie brauchen Text.",
  voice: "Ton",
  voiceHint: "Anrufe. Auch Video braucht sie.",
  video: "Video",
  videoHint: "Kameras in Anrufen.",
  savedAsMade: "Änderungen werden sofort gespeichert.",
  saving: "Wird gespeichert …",
  saved: "Gespeichert. Es gilt jetzt für alle.",
  notSaved: "Nicht gespeichert. {reason}",

  administrator: "Administration",
  technician: "Technik",
  nextRole: "Rolle der nächsten Person",
  technicianRole: "Technik: hilft den Personen an den Geräten",
  administratorRole: "Administration: ändert auch Einstellungen",
  createInvitation: "Einladungs-Link erstellen",
  sendLink: "Schicken Sie diesen Link an eine Person; er gilt einmal.",
  invitationLink: "Einladungs-Link",
};
