import type { fixing as english } from "../en/fixing.ts";
import type { Translated } from "../message.ts";

export const fixing: Translated<typeof english> = {
  howTo: "Comment résoudre le problème",
  dismiss: "Continuer sans",
  chromeIcon: "Cliquez sur l’icône à l’extrémité gauche de la barre d’adresse.",
  androidIcon: "Touchez l’icône au début de la barre d’adresse, puis « Autorisations ».",
  samsungLock: "Touchez le cadenas dans la barre d’adresse, puis « Autorisations ».",
  safariMenu: "Dans la barre des menus, ouvrez « Safari », puis les réglages de ce site web.",
  iosMenu: "Touchez le bouton à côté de l’adresse, puis les réglages du site web.",
  firefoxIcon: "Cliquez sur le micro ou la caméra barrés dans la barre d’adresse.",
  firefoxLock: "Touchez le cadenas dans la barre d’adresse.",
  firefoxBlocked: "Supprimez « Bloqué » à côté du micro et de la caméra.",
  anySettings:
    "Ouvrez les paramètres de ce site dans votre navigateur, et autorisez le micro et la caméra.",
  allowBoth: "Autorisez le micro et la caméra.",
  systemToo:
    "Toujours refusé ? Autorisez-les aussi pour votre navigateur dans les paramètres de confidentialité de l’ordinateur.",
  androidSettings:
    "Toujours refusé ? Dans les paramètres du téléphone, ouvrez « Applications », votre navigateur, puis « Autorisations ».",
  iosSettings:
    "Toujours refusé ? Dans l’app Réglages, ouvrez votre navigateur, et autorisez le micro et la caméra.",
  plugIn: "Branchez l’appareil ou allumez-le. Un casque doit peut-être d’abord être jumelé.",
  onlyOne: "S’il y a un interrupteur ou un cache, ouvrez-le.",
  closeApps:
    "Fermez les autres applications qui pourraient l’utiliser : appels, caméra, enregistreur.",
  closeTabs: "Fermez les autres onglets avec des appels.",
  switchOn: "Cherchez un interrupteur, une touche ou un cache qui le coupe, et réactivez-le.",
  thenAgain: "Revenez ici et appuyez sur « Réessayer ».",
};
