import type { common as english } from "../en/common.ts";
import type { Translated } from "../message.ts";

export const common: Translated<typeof english> = {
  product: "Live Support",
  language: "Sprache",
  languageIs: "Sprache: {language}",
  loading: "Wird geladen …",
  tryAgain: "Erneut versuchen",
  close: "Schließen",
  done: "Fertig",
  dismiss: "Ausblenden",
  reload: "Neu laden",
  copyLink: "Link kopieren",
  copied: "Kopiert",
  cannotCopy: "Markieren Sie den Link, um ihn zu kopieren",
  answeredElsewhere: "An anderer Stelle angenommen.",

  reconnecting: "Verbindung wird wiederhergestellt … Was Sie schreiben, bleibt erhalten.",
  closedSignedOut: "Sie sind abgemeldet. Melden Sie sich wieder an, um weiterzumachen.",
  closedRemoved:
    "Dieses Gerät wurde aus Live Support entfernt. Bitten Sie Ihr Support-Team um einen neuen Link.",
  closedVersion: "Live Support wurde aktualisiert. Laden Sie diese Seite neu, um weiterzumachen.",
  updateWaits:
    "Live Support wurde aktualisiert. Die neue Version wird geladen, wenn Sie hier fertig sind.",
  closedReplaced:
    "Live Support läuft in einem anderen Tab weiter. Laden Sie neu, um hier weiterzumachen.",
  closedOther:
    "Der Server hat die Verbindung geschlossen. Laden Sie diese Seite neu, um weiterzumachen.",

  noConnection:
    "Gerade besteht keine Verbindung zum Server. Nichts wurde geändert; versuchen Sie es wieder, sobald sie zurück ist.",
  unreachable: "Der Server ist nicht erreichbar. Prüfen Sie die Verbindung.",
  refusedWithoutReason:
    "Der Server hat das ohne Begründung abgelehnt. Laden Sie die Seite neu und versuchen Sie es noch einmal.",
};
