import type { fixing as english } from "../en/fixing.ts";
import type { Translated } from "../message.ts";

export const fixing: Translated<typeof english> = {
  howTo: "So beheben Sie das",
  dismiss: "Ohne weitermachen",
  chromeIcon: "Klicken Sie auf das Symbol am linken Ende der Adressleiste.",
  androidIcon: "Tippen Sie auf das Symbol am Anfang der Adressleiste, dann auf „Berechtigungen“.",
  samsungLock: "Tippen Sie auf das Schloss in der Adressleiste, dann auf „Berechtigungen“.",
  safariMenu: "Öffnen Sie in der Menüleiste „Safari“, dann die Einstellungen für diese Website.",
  iosMenu: "Tippen Sie auf das Symbol neben der Adresse, dann auf die Website-Einstellungen.",
  firefoxIcon: "Klicken Sie in der Adressleiste auf das durchgestrichene Mikrofon oder die Kamera.",
  firefoxLock: "Tippen Sie auf das Schloss in der Adressleiste.",
  firefoxBlocked: "Entfernen Sie „Blockiert“ neben Mikrofon und Kamera.",
  anySettings:
    "Öffnen Sie im Browser die Einstellungen dieser Website und erlauben Sie Mikrofon und Kamera.",
  allowBoth: "Erlauben Sie Mikrofon und Kamera.",
  systemToo:
    "Geht es noch nicht? Erlauben Sie sie Ihrem Browser auch in den Datenschutz-Einstellungen des Computers.",
  androidSettings:
    "Geht es noch nicht? Öffnen Sie in den Einstellungen des Telefons „Apps“, Ihren Browser, dann „Berechtigungen“.",
  iosSettings:
    "Geht es noch nicht? Öffnen Sie in der App „Einstellungen“ Ihren Browser und erlauben Sie Mikrofon und Kamera.",
  plugIn:
    "Schließen Sie es an oder schalten Sie es ein. Ein Headset muss vielleicht zuerst gekoppelt werden.",
  onlyOne: "Gibt es einen Schalter oder eine Abdeckung, öffnen Sie sie.",
  closeApps: "Schließen Sie andere Apps, die es benutzen könnten: Anrufe, Kamera, Aufnahme.",
  closeTabs: "Schließen Sie andere Tabs mit Anrufen.",
  switchOn:
    "Suchen Sie einen Schalter, eine Taste oder eine Abdeckung dafür und schalten Sie es ein.",
  thenAgain: "Kommen Sie hierher zurück und drücken Sie „Erneut versuchen“.",
};
