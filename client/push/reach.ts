/** Whether a closed page can be reached, and what keeps it from being (T5). Pure. */

/** What a browser tells about itself. */
export interface ReachFacts {
  /** It has service workers and the Push API here: secure pages only. */
  readonly able: boolean;
  /** An iPhone or iPad in a tab: only a page on the home screen can be reached (WebKit, iOS 16.4). */
  readonly onlyFromHomeScreen: boolean;
  /** Null: it has no notifications. */
  readonly permission: NotificationPermission | null;
  /** A push service takes messages for this page, and the server knows where. */
  readonly subscribed: boolean;
}

/** How a page stands. */
export type Reach =
  /** This browser cannot: nothing is said. */
  | "unable"
  /** It could, once the page is on the home screen. */
  | "home_screen"
  /** The person was not asked yet, or turned it off. */
  | "off"
  /** The person, or the browser for them, said no: only its settings change that. */
  | "denied"
  | "on";

/** How a page with these facts stands. */
export function reachOf({ able, onlyFromHomeScreen, permission, subscribed }: ReachFacts): Reach {
  if (onlyFromHomeScreen) return "home_screen";
  if (!able || permission === null) return "unable";
  if (permission === "denied") return "denied";
  return permission === "granted" && subscribed ? "on" : "off";
}
