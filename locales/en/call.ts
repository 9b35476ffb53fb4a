import type { Section } from "../message.ts";

/** Calls: what rings, the stage, its controls, and what can go wrong. */
export const call = {
  checking: "Checking whether calls are available…",
  serviceOff: "Live Support is switched off for this device.",
  callsOff: "Calls are switched off.",
  videoOff: "Video is switched off.",
  preparing: "Preparing calls ({percent} %)",
  unavailable: "Calls are not available right now. Text works.",
  unavailableBecause: "Calls are not available: {reason}",

  start: "Start call",
  startVideo: "Start video call",
  acceptVideo: "Accept with video",
  acceptVoice: "Accept with voice",
  acceptText: "Accept with text",
  reject: "Reject",
  decline: "Decline",
  hangUp: "Hang up",
  isCalling: "{name} is calling",

  group: "Call",
  audioOutput: "Audio output",
  mute: "Mute microphone",
  unmute: "Unmute microphone",
  startCamera: "Start camera",
  stopCamera: "Stop camera",
  switchCamera: "Switch camera",
  oneCamera: "This device has only one camera.",
  more: "More",
  text: "Text",
  newCount: { one: "{count} new", other: "{count} new" },
  playThrough: "Play sound through",
  systemDefault: "System default",
  tapToHear: "Tap to hear",

  videoOf: "Video of {name}",
  ownVideo: "Your own video",
  muted: "Muted",
  length: "Length of the call",
  calling: "Calling {name}…",
  connecting: "Connecting…",
  waitingFor: "Waiting for {name}…",
  reconnecting: "Connection lost. Reconnecting…",
  notConnected: "Not connected",
  couldNotConnect: "The call could not be connected.",
  hangingUp: "Hanging up…",
  loadFailed: "The call could not be loaded. Check the connection, then try again.",
  elsewhere: "The call is on another page.",
  moveHere: "Move call here",
  otherCall: "The user is waiting in a call while you are in another one.",
  takeThis: "Hang up there and talk here",

  microphoneDenied:
    "The other side cannot hear you: this page may not use the microphone. Allow it in the browser's site settings, then unmute.",
  microphoneMissing:
    "The other side cannot hear you: no microphone was found. Connect one, then unmute.",
  microphoneBusy:
    "The other side cannot hear you: another app is using the microphone. Close it, then unmute.",
  microphonePaused: "The other side cannot hear you: your device has switched its microphone off.",
  cameraDenied:
    "The other side cannot see you: this page may not use the camera. Allow it in the browser's site settings, then start the camera again.",
  cameraMissing: "The other side cannot see you: no camera was found. The call goes on with voice.",
  cameraBusy:
    "The other side cannot see you: another app is using the camera. Close it, then start the camera again.",
  cameraPaused: "The other side cannot see you: your device has paused the camera.",
  devicesDenied:
    "The other side can neither hear nor see you: this page may not use microphone and camera. Allow them in the browser's site settings, then unmute.",
  devicesMissing: "The other side can neither hear nor see you: no microphone or camera was found.",
  devicesBusy:
    "The other side can neither hear nor see you: another app is using microphone and camera. Close it, then unmute.",
  devicesPaused:
    "The other side can neither hear nor see you: your device has switched off microphone and camera.",
  insecure:
    "The other side can neither hear nor see you: browsers give microphone and camera to HTTPS pages only. Ask your administrator for the https address of this page.",
  unsupported:
    "This browser cannot make calls. Use a current Chrome, Edge, Firefox or Safari; text works here.",
  connectionLost: "The connection to the call is lost. Trying to bring it back; text still works.",
  tooSlow: "This could not be sent: the connection is too slow at the moment. Try again.",
  replaced: "The call goes on in another window. Join it here to bring it back.",
} as const satisfies Section;
