import type { Section } from "../message.ts";

/** The check of a device's equipment: its dialog, what it found, and the technician's wish for it. */
export const equipment = {
  check: "Check equipment",
  intro: "Try what a session needs. Nothing is recorded, and nothing is opened before you tap.",
  loadFailed: "The check could not be loaded. Check the connection, then try again.",

  microphone: "Microphone",
  microphoneTry: "Test microphone",
  microphoneAsking: "Your browser asks whether this page may use the microphone. Allow it.",
  microphoneSpeak: "Say something. The bar should move.",
  microphoneOk: "The microphone hears you.",
  microphoneSilent:
    "Nothing was heard. Speak louder, or check whether the microphone is covered or switched off.",
  microphoneDenied:
    "This page may not use the microphone. Allow it in the browser's site settings, then try again.",
  microphoneMissing: "No microphone was found. Connect one, then try again.",
  microphoneBusy: "Another app is using the microphone. Close it, then try again.",
  level: "Level of the microphone",
  stop: "Stop",

  camera: "Camera",
  cameraTry: "Test camera",
  cameraAsking: "Your browser asks whether this page may use the camera. Allow it.",
  cameraOpening: "Opening the camera…",
  cameraOk: "The camera works.",
  cameraDenied:
    "This page may not use the camera. Allow it in the browser's site settings, then try again.",
  cameraMissing: "No camera was found. Calls work with voice alone.",
  cameraBusy: "The camera shows nothing. Another app may be using it: close that, then try again.",
  cameraChoose: "Which camera",
  cameraNumber: "Camera {number}",
  cameraPreview: "Picture of your camera",

  insecure:
    "Browsers give microphone and camera to HTTPS pages only. Ask your support team for the https address of this page.",

  speaker: "Speaker",
  speakerTry: "Play a test sound",
  speakerPlaying: "Three notes are playing…",
  speakerAsk: "Did you hear three notes?",
  yes: "Yes",
  no: "No",
  speakerHeard: "You can hear sound from this page.",
  speakerUnheard:
    "Turn the volume up, switch off silent mode, and check whether headphones are connected. Then try again.",

  notifications: "Notifications",
  notificationsUnasked: "This page may not show notifications yet.",
  notificationsAllow: "Allow notifications",
  notificationsOn: "This page may show notifications.",
  notificationsOff:
    "Notifications are blocked. Allow them in the browser's site settings to notice when somebody wants to help you.",
  notificationsUnsupported:
    "This browser cannot show notifications here. On an iPhone, add this page to the home screen first.",
  notificationsTry: "Show a test notification",
  notificationsShown:
    "A notification was sent. If you cannot see it, check the system's settings for notifications.",
  notificationsFailed: "The notification could not be shown.",
  notificationTitle: "Live Support",
  notificationBody: "This is a test. Notifications work.",

  network: "Network",
  networkTry: "Test network",
  networkRunning: "Trying the ways to Live Support…",
  networkGood: "Calls and text get through well.",
  networkTcp:
    "Calls get through, but may stutter: this network blocks UDP. Another one, such as mobile data, may be better.",
  networkRelayed:
    "Calls get through over a relay only, and may stutter. Another network may be better.",
  networkBlocked:
    "Text works, but calls cannot get through this network. Try another one, such as mobile data instead of Wi-Fi.",
  networkNode:
    "Text works, but calls cannot be set up: the call server does not answer. Try again in a minute.",
  networkWeb: "This page cannot reach Live Support. Check that Wi-Fi or mobile data is on.",
  legWeb: "Live Support and text",
  legNode: "Call server",
  legUdp: "Calls by UDP",
  legTcp: "Calls by TCP",
  legTurn: "Calls through TURN",
  legOk: "works",
  legFailed: "does not work",
  legUnset: "not set up",
  legUntested: "not tested",

  asked: "{name} asks you to check this device's equipment.",
  notNow: "Not now",

  ask: "Ask to check equipment",
  wishAsked: "The user is asked to check the equipment.",
  wishDeclined: "The user does not want to check the equipment now.",
  wishRunning: "The user is checking the equipment…",
  checkedFine: "Equipment checked {when}: all that was tried works.",
  checkedProblems: "Equipment checked {when}: {problems}.",
  details: "Equipment of {name}",
  showDetails: "Equipment details",
  noMicrophone: "no microphone",
  microphoneBlocked: "microphone not allowed",
  microphoneUsed: "microphone used by another app",
  microphoneUnheard: "microphone hears nothing",
  noCamera: "no camera",
  cameraBlocked: "camera not allowed",
  cameraUsed: "camera used by another app",
  noHttps: "no HTTPS",
  soundUnheard: "sound not heard",
  popupsOff: "notifications blocked",
  noWeb: "no way to the server",
  noNode: "no way to the call server",
  noUdp: "no UDP",
  noTcp: "no TCP",
  noTurn: "no way through TURN",
  works: "works",
  notTried: "not tried",
  popupsUnasked: "not asked yet",
  popupsUnsupported: "not possible in this browser",
} as const satisfies Section;
