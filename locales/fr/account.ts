import type { account as english } from "../en/account.ts";
import type { Translated } from "../message.ts";

export const account: Translated<typeof english> = {
  pageTitle: "{page} · Live Support",
  console: "Console",
  welcome: "Bienvenue",
  welcomeHeading: "Bienvenue dans Live Support",
  welcomeText: "Ici, votre équipe d’assistance parle avec vous et voit ce que vous lui montrez.",
  signInAsTechnician: "Se connecter comme technicien",
  shouldThisDevice:
    "Cet appareil doit recevoir de l’aide ? Votre équipe d’assistance vous envoie un lien. Ouvrez ce lien sur cet appareil.",
  notReady:
    "Live Support fonctionne, mais personne ne peut encore se connecter. Le lien de configuration se trouve dans le terminal où il a été démarré : ouvrez-le pour créer le compte administrateur.",

  signIn: "Se connecter",
  email: "E-mail",
  password: "Mot de passe",
  tryAgainIn: {
    one: "Trop de tentatives de connexion. Réessayez dans {count} minute.",
    many: "Trop de tentatives de connexion. Réessayez dans {count} minutes.",
    other: "Trop de tentatives de connexion. Réessayez dans {count} minutes.",
  },

  setupLink: "Lien de configuration",
  linkDead: "Ce lien ne fonctionne plus",
  firstLinkHint:
    "Le lien du premier compte administrateur se trouve dans le terminal où Live Support a été démarré ; un nouveau démarrage en affiche un nouveau.",
  setUpProduct: "Configurer Live Support",
  createYourAccount: "Créer votre compte",
  firstHere:
    "Vous êtes la première personne ici. Ce compte gère Live Support : il ajoute des appareils, invite des collègues et modifie les paramètres.",
  invited: "Une personne de l’équipe vous invite à apporter de l’aide avec Live Support.",
  name: "Nom",
  nameHint: "Tel que les utilisateurs le verront.",
  passwordHint: {
    one: "Au moins {count} caractère.",
    many: "Au moins {count} caractères.",
    other: "Au moins {count} caractères.",
  },
  passwordShort: {
    one: "Utilisez au moins {count} caractère.",
    many: "Utilisez au moins {count} caractères.",
    other: "Utilisez au moins {count} caractères.",
  },
  passwordLong: {
    one: "Utilisez au plus {count} caractère.",
    many: "Utilisez au plus {count} caractères.",
    other: "Utilisez au plus {count} caractères.",
  },
  createAdministrator: "Créer le compte administrateur",
  createAccount: "Créer le compte",

  setUpDevice: "Configurer cet appareil",
  enrollDead:
    "Un lien fonctionne une seule fois et pendant un jour. Celui-ci a déjà été utilisé ou est trop ancien. Rien n’est cassé.",
  askNewLink: "Demandez un nouveau lien à votre équipe d’assistance et ouvrez-le sur cet appareil.",
  enrollText:
    "Ensuite, votre équipe d’assistance pourra vous appeler et vous écrire sur cet appareil quand vous aurez besoin d’aide. Elle ne voit et n’entend rien tant que vous n’avez pas dit oui.",
  knownAs: "Votre équipe d’assistance connaît cet appareil sous le nom {name}.",
  setUpAs: "Cet appareil est configuré sous le nom {name}. Ce sera remplacé.",

  thisDevice: "Cet appareil",
  deviceUnknown: "Cet appareil n’est pas configuré",
  deviceRemoved: "Votre équipe d’assistance a retiré cet appareil de Live Support.",
  deviceForgotten:
    "Live Support ne connaît pas encore cet appareil, ou ses données ont été effacées du navigateur.",
  askLink:
    "Pour obtenir de l’aide ici, demandez un lien à votre équipe d’assistance et ouvrez-le sur cet appareil.",

  offline: "Live Support est injoignable",
  offlineText:
    "Cet appareil n’a pas de connexion au serveur pour le moment. Il réessaie tout seul.",
  offlineDevice:
    "Cet appareil n’est connecté à aucun réseau pour le moment. Dès que le réseau reviendra, cette page continuera toute seule.",
  offlineKept: "Ce que vous avez écrit est conservé.",
  tryNow: "Réessayer maintenant",

  goToStart: "Aller à l’accueil",
  errorSignIn: "Connectez-vous",
  errorRefused: "Demande refusée",
  errorNotFound: "Page introuvable",
  errorMethod: "Cela ne fonctionne pas ici",
  errorNotPage: "Ce n’est pas une page",
  errorInternal: "Un problème est survenu",
};
