import type { device as english } from "../en/device.ts";
import type { Translated } from "../message.ts";

export const device: Translated<typeof english> = {
  notInstalled: "Nicht eingerichtet",
  disabled: "Ausgeschaltet",
  connected: "Verbunden",
  disconnected: "Nicht verbunden",
  oneMoment: "Einen Moment …",
  meaningUnknown: "Der Server wird gefragt, wie es steht.",
  meaningNotInstalled:
    "Live Support ist auf diesem Gerät noch nicht eingerichtet. Laden Sie diese Seite neu, um es einzurichten.",
  meaningDisabled: "Ihr Support-Team hat Live Support für dieses Gerät ausgeschaltet.",
  meaningConnected:
    "Eine Support-Sitzung ist offen. Sie können jederzeit mit Ihrem Techniker sprechen.",
  meaningDisconnected:
    "Gerade hilft Ihnen niemand. Wenn ein Techniker Ihnen helfen möchte, klingelt diese Seite.",

  keepOpen: "Lassen Sie diese Seite offen, damit ein Techniker Sie erreichen kann.",
  installTip: "Tipp: Im Menü Ihres Browsers können Sie sie zum Startbildschirm hinzufügen.",
  install: "Zum Startbildschirm hinzufügen",

  incomingSession: "Live-Support-Sitzung: Es klingelt",
  wantsToHelp: "möchte Ihnen mit diesem Gerät helfen.",
  wantsToHelpTitle: "{name} möchte Ihnen helfen",
  incomingCall: "Eingehender Anruf",
  isCallingYou: "ruft Sie an.",
  missedSession: "Verpasste Live-Support-Sitzung",
  wantedToHelp: "wollte Ihnen helfen und wartet noch auf Ihre Antwort.",
  liveSupport: "Live Support",

  conversation: "Unterhaltung",
  stillInCall: "Sie sind noch im Anruf. {perceived}",
  seenAndHeard: "Ihr Techniker kann Sie sehen und hören.",
  seenNotHeard: "Ihr Techniker kann Sie sehen, aber nicht hören.",
  heard: "Ihr Techniker kann Sie hören.",
  notHeard: "Ihr Techniker kann Sie nicht hören.",
  newCount: { one: "{count} neue", other: "{count} neue" },

  callEnded: "Der Anruf ist beendet. Sie können weiterschreiben oder noch einmal anrufen.",
  callDeclined: "Der Anruf wurde abgelehnt. Sie können weiterschreiben.",
  callMissed:
    "Niemand hat den Anruf angenommen. Sie können weiterschreiben oder noch einmal anrufen.",
  callSwitchedOff: "Anrufe wurden ausgeschaltet. Sie können weiterschreiben.",
  textOff: "Text ist ausgeschaltet.",

  sessionEnded: "Die Sitzung ist beendet. Nichts davon wurde aufbewahrt.",
  youRejected: "Sie haben die Sitzung abgelehnt. Nichts davon wurde aufbewahrt.",
  declinedElsewhere: "An anderer Stelle abgelehnt.",
};
