import type { Section } from "../message.ts";

/** What disturbs a call on one of its devices, on both sides. */
export const trouble = {
  onPhoneCall: "On a phone call",
  theirMicrophoneDenied: "They have not allowed the microphone",
  theirMicrophoneMissing: "They have no microphone",
  theirMicrophoneBusy: "Their microphone is in use by another app",
  theirMicrophonePaused: "Microphone paused by the device",
  theirCameraDenied: "They have not allowed the camera",
  theirCameraMissing: "They have no camera",
  theirCameraBusy: "Their camera is in use by another app",
  theirCameraPaused: "Camera paused by the device",

  interrupted: "Your device interrupted the call",
  interruptedWhy:
    "Another call may have taken its sound. {name} cannot hear you, and you hear nothing.",
  resumable: "Ready to go on",
  resumableWhy: "You and {name} stay muted until you resume the call.",
  resume: "Resume call",
  microphoneReplaced: "Microphone changed. Now using {label}.",
  cameraReplaced: "Camera changed. Now using {label}.",
  replacedNameless: "The device was changed for another one.",

  askSwitch: "Ask to switch camera",
  askingSwitch: "Asked to switch camera",
  switched: "The user switched the camera.",
  switchRefused: "The user does not want to switch the camera now.",
  switchFailed: "The camera could not be switched.",
  asksSwitch: "{name} asks to switch your camera",
  doSwitch: "Switch",
  notNow: "Not now",
  alwaysSwitch: "Always allow this",
  wasSwitched: "{name} switched your camera.",
  askMeFirst: "Ask me first",
  policy: "When a technician wants the other camera",
  policyAsk: "Ask me",
  policyAllow: "Allow",
} as const satisfies Section;
