import type { files as english } from "../en/files.ts";
import type { Translated } from "../message.ts";

export const files: Translated<typeof english> = {
  attach: "Datei anhängen",
  takePhoto: "Foto aufnehmen",
  drop: "Dateien hier ablegen",
  tray: "Dateien zum Senden",
  remove: "{name} entfernen",
  cancel: "{name} abbrechen",
  preparing: "Wird vorbereitet …",
  chosen: "{size}, bereit zum Senden",
  original: "{size}, bereit zum Senden. Die Datei kann verraten, wo das Foto entstanden ist.",
  queued: "Wartet noch",
  progress: "{share} von {size}",
  stalled: "Keine Verbindung. Es geht von selbst weiter.",
  sending: { one: "{count} Datei wird gesendet", other: "{count} Dateien werden gesendet" },
  interrupted: "Die Seite wurde neu geladen. Wählen Sie die Datei noch einmal aus.",
  unreadable: "Dieses Foto ist nicht lesbar und wurde deshalb nicht gesendet.",
  failed: "Das Senden ist fehlgeschlagen.",
  tooLarge: "Zu groß. Eine Datei darf höchstens {size} haben.",
  open: "{name} öffnen",
  save: "{name} speichern",
  saveThis: "Speichern",
  notLoaded: "Das Bild konnte nicht geladen werden.",
  photo: "Foto",
};
