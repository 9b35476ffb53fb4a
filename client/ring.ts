/** Everything that draws a person to a ringing page, started and stopped together (rule S3). */
import type { Phrase } from "../locales/phrase.ts";
import type { Say } from "../locales/speaker.ts";
import { RING_EVERY, RingSound } from "./ring_sound.ts";

const RINGING_ICON = "/icon-ringing.svg";
const VIBRATION = [400, 200, 400];

/** Rings: sound, title, icon and, where there is one, the vibrator. */
export class Ringer {
  private readonly sound = new RingSound();
  private readonly disarm = this.sound.arm();
  private quiet: (() => void) | null = null;
  private readonly title = document.title;
  private resting = this.title;

  constructor(private readonly say: Say) {}

  /** Counts unread messages in the tab's title, where nothing rings. */
  count(unread: number): void {
    this.resting = unread === 0 ? this.title : `(${unread}) ${this.title}`;
    if (this.quiet === null) document.title = this.resting;
  }

  /** Rings with `title` in the tab, or, with null, stops all of it at once. */
  ring(title: Phrase | null): void {
    if (title === null) {
      this.quiet?.();
      this.quiet = null;
    } else {
      this.quiet ??= this.begin();
      document.title = this.say(title);
    }
  }

  /** Plays the notes once: something came that waits patiently. */
  chime(): void {
    this.sound.once();
  }

  /** The page is going away. */
  dispose(): void {
    this.ring(null);
    this.disarm();
  }

  private begin(): () => void {
    const icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
    const address = icon?.getAttribute("href") ?? null;
    icon?.setAttribute("href", RINGING_ICON);
    this.sound.start();
    vibrate();
    const shaking = setInterval(vibrate, RING_EVERY);
    return () => {
      this.sound.stop();
      clearInterval(shaking);
      vibrate(0);
      document.title = this.resting;
      if (address !== null) icon?.setAttribute("href", address);
    };
  }
}

/** Not everywhere, and refused before the first touch: neither is worth a word. */
function vibrate(pattern: number | number[] = VIBRATION): void {
  if ("vibrate" in navigator && navigator.userActivation?.hasBeenActive !== false) {
    navigator.vibrate(pattern);
  }
}
