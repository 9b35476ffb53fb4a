/** The clock of the pages, which all live in this process: it can be set, time goes by as ever. */

const real = Date.now;

/** `Date.now` of this process, set back or forward; `using` sets it right again. */
export class Clocks implements Disposable {
  #seconds = 0;

  constructor() {
    Date.now = () => real() + this.#seconds * 1000;
  }

  /** From now on it is wrong by so many seconds. */
  set(seconds: number): void {
    this.#seconds = seconds;
  }

  [Symbol.dispose](): void {
    Date.now = real;
  }
}
