/** How long something has been going on, pauses left out. */
export class Stopwatch {
  #now;
  #before = 0;
  /** @type {number | null} */
  #begun = null;

  /** @param {() => number} now in ms, and never back */
  constructor(now) {
    this.#now = now;
  }

  get isRunning() {
    return this.#begun !== null;
  }

  /** In ms. */
  get elapsed() {
    return this.#before + (this.#begun === null ? 0 : this.#now() - this.#begun);
  }

  start() {
    this.#begun ??= this.#now();
  }

  pause() {
    this.#before = this.elapsed;
    this.#begun = null;
  }

  /**
   * Go on from here.
   * @param {number} elapsed
   */
  moveTo(elapsed) {
    this.#before = elapsed;
    if (this.isRunning) this.#begun = this.#now();
  }
}
