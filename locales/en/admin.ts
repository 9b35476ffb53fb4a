import type { Section } from "../message.ts";

/** The settings of the deployment and its team. */
export const admin = {
  settings: "Settings",
  notAllowed: "Only administrators can change settings. Ask one of them.",
  backToConsole: "Back to the console",
  chatService: "Chat service",
  chatServiceText: "For all devices. Changes hold at once, also in sessions that are open.",
  team: "Team",

  service: "Chat service",
  serviceHint: "Off: the status of every device is Disabled.",
  text: "Text",
  textHint: "Messages in a session.",
  files: "Files",
  filesHint: "Photos and files in a session. They need text.",
  voice: "Voice",
  voiceHint: "Calls. Video needs them too.",
  video: "Video",
  videoHint: "Cameras in calls.",
  savedAsMade: "Changes are saved as you make them.",
  saving: "Saving…",
  saved: "Saved. It holds for everyone now.",
  notSaved: "Not saved. {reason}",

  administrator: "Administrator",
  technician: "Technician",
  nextRole: "Role of the next person",
  technicianRole: "Technician: helps device users",
  administratorRole: "Administrator: changes settings too",
  createInvitation: "Create invitation link",
  sendLink: "Send this link to one person; it works once.",
  invitationLink: "Invitation link",
} as const satisfies Section;
