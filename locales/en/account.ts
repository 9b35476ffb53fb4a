import type { Section } from "../message.ts";

/** Pages before anybody is known: welcome, sign-in, set-up, enrollment, errors, offline. */
export const account = {
  pageTitle: "{page} · Live Support",
  console: "Console",
  welcome: "Welcome",
  welcomeHeading: "Welcome to Live Support",
  welcomeText: "Here your support team talks with you, and sees what you show them.",
  signInAsTechnician: "Sign in as a technician",
  shouldThisDevice:
    "Should this device get support? Your support team sends you a link for it. Open that link on this device.",
  notReady:
    "Live Support runs, and nobody can sign in yet. The set-up link stands in the terminal where it was started: open it to create the administrator.",

  signIn: "Sign in",
  email: "E-mail",
  password: "Password",
  tryAgainIn: {
    one: "Too many attempts to sign in. Try again in {count} minute.",
    other: "Too many attempts to sign in. Try again in {count} minutes.",
  },

  setupLink: "Set-up link",
  linkDead: "This link does not work any more",
  firstLinkHint:
    "The link for the first administrator stands in the terminal where Live Support was started; a new start prints a new one.",
  setUpProduct: "Set up Live Support",
  createYourAccount: "Create your account",
  firstHere:
    "You are the first one here. This account manages Live Support: it adds devices, invites colleagues and changes settings.",
  invited: "A colleague invited you to give live support.",
  name: "Name",
  nameHint: "As device users see it.",
  passwordHint: { one: "At least {count} character.", other: "At least {count} characters." },
  passwordShort: {
    one: "Use at least {count} character.",
    other: "Use at least {count} characters.",
  },
  passwordLong: { one: "Use at most {count} character.", other: "Use at most {count} characters." },
  createAdministrator: "Create administrator",
  createAccount: "Create account",

  setUpDevice: "Set up this device",
  enrollDead:
    "A link works once and for one day. This one was already used, or it is too old. Nothing is broken.",
  askNewLink: "Please ask your support team for a new link, and open it on this device.",
  enrollText:
    "After this, your support team can call and write to you on this device when you need help. They cannot see or hear anything until you say yes.",
  knownAs: "Your support team knows this device as {name}.",
  setUpAs: "This device is set up as {name} now. That will be replaced.",

  thisDevice: "This device",
  deviceUnknown: "This device is not set up",
  deviceRemoved: "Your support team has removed this device from Live Support.",
  deviceForgotten:
    "Live Support does not know this device yet, or its data was cleared from the browser.",
  askLink: "To get help here, ask your support team for a link, and open that link on this device.",

  offline: "Live Support is not reachable",
  offlineText: "This device has no connection to the server right now. It tries again by itself.",
  offlineDevice:
    "This device is not connected to a network right now. When it is back, this page goes on by itself.",
  offlineKept: "What you have written is kept.",
  tryNow: "Try now",

  goToStart: "Go to the start page",
  errorSignIn: "Please sign in",
  errorRefused: "That was refused",
  errorNotFound: "Page not found",
  errorMethod: "That does not work here",
  errorNotPage: "That is not a page",
  errorInternal: "Something went wrong",
} as const satisfies Section;
