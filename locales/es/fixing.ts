import type { fixing as english } from "../en/fixing.ts";
import type { Translated } from "../message.ts";

export const fixing: Translated<typeof english> = {
  howTo: "Cómo solucionarlo",
  dismiss: "Continuar sin esto",
  chromeIcon: "Haga clic en el icono del extremo izquierdo de la barra de direcciones.",
  androidIcon: "Toque el icono al principio de la barra de direcciones y después «Permisos».",
  samsungLock: "Toque el candado de la barra de direcciones y después «Permisos».",
  safariMenu: "En la barra de menús, abra «Safari» y después los ajustes de este sitio web.",
  iosMenu: "Toque el botón junto a la dirección y después los ajustes del sitio web.",
  firefoxIcon: "Haga clic en el micrófono o la cámara tachados de la barra de direcciones.",
  firefoxLock: "Toque el candado de la barra de direcciones.",
  firefoxBlocked: "Quite «Bloqueado» junto al micrófono y a la cámara.",
  anySettings:
    "Abra la configuración de este sitio en el navegador y permita el micrófono y la cámara.",
  allowBoth: "Permita el micrófono y la cámara.",
  systemToo:
    "¿Sigue sin funcionar? Permita que el navegador los use en los ajustes de privacidad del equipo.",
  androidSettings:
    "¿Sigue sin funcionar? En los ajustes del teléfono, abra «Aplicaciones», su navegador y después «Permisos».",
  iosSettings:
    "¿Sigue sin funcionar? En los ajustes del iPhone o iPad, abra su navegador y permita el micrófono y la cámara.",
  plugIn: "Conéctelo o enciéndalo. Puede que haya que emparejar antes los auriculares.",
  onlyOne: "Si tiene un interruptor o una tapa, ábralos.",
  closeApps: "Cierre otras aplicaciones que puedan usarlo: llamadas, cámara o grabadora.",
  closeTabs: "Cierre otras pestañas con llamadas.",
  switchOn: "Busque un interruptor, una tecla o una tapa que lo desactive y actívelo.",
  thenAgain: "Vuelva aquí y pulse «Intentar de nuevo».",
};
