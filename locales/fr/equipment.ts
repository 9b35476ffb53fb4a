import type { equipment as english } from "../en/equipment.ts";
import type { Translated } from "../message.ts";

export const equipment: Translated<typeof english> = {
  check: "Vérifier le matériel",
  intro:
    "Essayez ce qu’il faut pour une session. Rien n’est enregistré, et rien n’est activé avant que vous ne touchiez un bouton.",
  loadFailed: "La vérification n’a pas pu être chargée. Vérifiez la connexion, puis réessayez.",

  microphone: "Micro",
  microphoneTry: "Tester le micro",
  microphoneAsking: "Votre navigateur demande si cette page peut utiliser le micro. Autorisez-le.",
  microphoneSpeak: "Dites quelque chose. La barre devrait bouger.",
  microphoneOk: "Le micro vous entend.",
  microphoneSilent:
    "Rien n’a été entendu. Parlez plus fort, ou vérifiez si le micro est couvert ou coupé.",
  microphoneDenied:
    "Cette page n’a pas accès au micro. Autorisez-le dans les paramètres du site de votre navigateur, puis réessayez.",
  microphoneMissing: "Aucun micro n’a été trouvé. Branchez-en un, puis réessayez.",
  microphoneBusy: "Une autre application utilise le micro. Fermez-la, puis réessayez.",
  level: "Niveau du micro",
  stop: "Arrêter",

  camera: "Caméra",
  cameraTry: "Tester la caméra",
  cameraAsking: "Votre navigateur demande si cette page peut utiliser la caméra. Autorisez-la.",
  cameraOpening: "Démarrage de la caméra…",
  cameraOk: "La caméra fonctionne.",
  cameraDenied:
    "Cette page n’a pas accès à la caméra. Autorisez-la dans les paramètres du site de votre navigateur, puis réessayez.",
  cameraMissing: "Aucune caméra n’a été trouvée. Les appels fonctionnent en audio seul.",
  cameraBusy:
    "La caméra ne montre rien. Une autre application l’utilise peut-être : fermez-la, puis réessayez.",
  cameraChoose: "Quelle caméra",
  cameraNumber: "Caméra {number}",
  cameraPreview: "Image de votre caméra",

  insecure:
    "Les navigateurs ne donnent accès au micro et à la caméra qu’aux pages HTTPS. Demandez l’adresse https de cette page à votre équipe d’assistance.",

  speaker: "Haut-parleur",
  speakerTry: "Jouer un son de test",
  speakerPlaying: "Trois notes sont jouées…",
  speakerAsk: "Avez-vous entendu trois notes ?",
  yes: "Oui",
  no: "Non",
  speakerHeard: "Vous entendez le son de cette page.",
  speakerUnheard:
    "Augmentez le volume, désactivez le mode silencieux et vérifiez si un casque est connecté. Puis réessayez.",

  notifications: "Notifications",
  notificationsUnasked: "Cette page ne peut pas encore afficher de notifications.",
  notificationsAllow: "Autoriser les notifications",
  notificationsOn: "Cette page peut afficher des notifications.",
  notificationsOff:
    "Les notifications sont bloquées. Autorisez-les dans les paramètres du site de votre navigateur pour savoir quand quelqu’un souhaite vous aider.",
  notificationsUnsupported:
    "Ce navigateur ne peut pas afficher de notifications ici. Sur un iPhone, ajoutez d’abord cette page à l’écran d’accueil.",
  notificationsTry: "Notification de test",
  notificationsShown:
    "Une notification a été envoyée. Si vous ne la voyez pas, vérifiez les notifications dans les réglages de l’appareil.",
  notificationsFailed: "La notification n’a pas pu être affichée.",
  notificationTitle: "Live Support",
  notificationBody: "Ceci est un test. Les notifications fonctionnent.",

  network: "Réseau",
  networkTry: "Tester le réseau",
  networkRunning: "Essai des chemins vers Live Support…",
  networkGood: "Les appels et le texte passent bien.",
  networkTcp:
    "Les appels passent, mais peuvent être saccadés : ce réseau bloque UDP. Un autre réseau, par exemple les données mobiles, sera peut-être meilleur.",
  networkRelayed:
    "Les appels ne passent que par un relais et peuvent être saccadés. Un autre réseau sera peut-être meilleur.",
  networkBlocked:
    "Le texte fonctionne, mais les appels ne passent pas par ce réseau. Essayez-en un autre, par exemple les données mobiles au lieu du Wi-Fi.",
  networkNode:
    "Le texte fonctionne, mais les appels sont impossibles : le serveur d’appel ne répond pas. Réessayez dans une minute.",
  networkWeb:
    "Cette page ne peut pas joindre Live Support. Vérifiez que le Wi-Fi ou les données mobiles sont activés.",
  legWeb: "Live Support et texte",
  legNode: "Serveur d’appel",
  legUdp: "Appels par UDP",
  legTcp: "Appels par TCP",
  legTurn: "Appels par TURN",
  legOk: "fonctionne",
  legFailed: "ne fonctionne pas",
  legUnset: "non configuré",
  legUntested: "non testé",

  asked: "{name} vous demande de vérifier le matériel de cet appareil.",
  notNow: "Pas maintenant",

  ask: "Faire vérifier le matériel",
  wishAsked: "L’utilisateur a été prié de vérifier le matériel.",
  wishDeclined: "L’utilisateur ne veut pas vérifier le matériel maintenant.",
  wishRunning: "L’utilisateur vérifie le matériel…",
  checkedFine: "Matériel vérifié ({when}) : tout ce qui a été testé fonctionne.",
  checkedProblems: "Matériel vérifié ({when}) : {problems}.",
  details: "Matériel : {name}",
  showDetails: "Détails du matériel",
  noMicrophone: "pas de micro",
  microphoneBlocked: "micro non autorisé",
  microphoneUsed: "micro utilisé par une autre application",
  microphoneUnheard: "le micro n’entend rien",
  noCamera: "pas de caméra",
  cameraBlocked: "caméra non autorisée",
  cameraUsed: "caméra utilisée par une autre application",
  noHttps: "pas de HTTPS",
  soundUnheard: "son non entendu",
  popupsOff: "notifications bloquées",
  noWeb: "aucun chemin vers le serveur",
  noNode: "aucun chemin vers le serveur d’appel",
  noUdp: "pas d’UDP",
  noTcp: "pas de TCP",
  noTurn: "aucun chemin par TURN",
  works: "fonctionne",
  notTried: "non testé",
  popupsUnasked: "pas encore demandé",
  popupsUnsupported: "impossible dans ce navigateur",
};
