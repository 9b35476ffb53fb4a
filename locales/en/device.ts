import type { Section } from "../message.ts";

/** A device's page: the agent, what rings on it, and the call window. */
export const device = {
  notInstalled: "Not Installed",
  disabled: "Disabled",
  connected: "Connected",
  disconnected: "Disconnected",
  oneMoment: "One moment…",
  meaningUnknown: "Asking the server how things stand.",
  meaningNotInstalled:
    "Live Support is not set up on this device yet. Reload this page to set it up.",
  meaningDisabled: "Your support team has switched Live Support off for this device.",
  meaningConnected: "A support session is open. You can talk to your technician at any time.",
  meaningDisconnected:
    "Nobody is helping you right now. When a technician wants to, this page will ring.",

  keepOpen: "Keep this page open so that a technician can reach you.",
  installTip: "Tip: your browser's menu can add it to the home screen.",
  install: "Add to home screen",

  incomingSession: "Incoming Live Support session",
  wantsToHelp: "wants to help you with this device.",
  wantsToHelpTitle: "{name} wants to help you",
  incomingCall: "Incoming call",
  isCallingYou: "is calling you.",
  missedSession: "Missed Live Support session",
  wantedToHelp: "wanted to help you and is still waiting for your answer.",
  liveSupport: "Live Support",

  conversation: "Conversation",
  stillInCall: "You are still in the call. {perceived}",
  seenAndHeard: "Your technician can see and hear you.",
  seenNotHeard: "Your technician can see you, but not hear you.",
  heard: "Your technician can hear you.",
  notHeard: "Your technician cannot hear you.",
  newCount: { one: "{count} new", other: "{count} new" },

  callEnded: "The call has ended. You can go on writing, or call again.",
  callDeclined: "The call was declined. You can go on writing.",
  callMissed: "Nobody answered the call. You can go on writing, or call again.",
  callSwitchedOff: "Calls were switched off. You can go on writing.",
  textOff: "Text is switched off.",

  sessionEnded: "The session has ended. Nothing of it was kept.",
  youRejected: "You rejected the session. Nothing of it was kept.",
  declinedElsewhere: "Declined elsewhere.",
} as const satisfies Section;
