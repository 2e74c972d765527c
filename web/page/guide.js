/**
 * Timed guides: they say what to do now, show it in a calm picture, and go at the person's own pace. Without this
 * script their steps are plain text. Nothing moves where motion is unwanted, and nothing sounds before it is turned on.
 * @import { Frame, Pace } from "./pace.js"
 */

import { mayRest, stayAwake } from "./awake.js";
import { breathing } from "./breath.js";
import { onContents } from "./contents.js";
import { grounding } from "./senses.js";
import { Stopwatch } from "./stopwatch.js";
import { hush, sound } from "./tone.js";

/**
 * @typedef {{
 *   at: (elapsed: number, pace: Pace) => Frame,
 *   show: (root: HTMLElement, frame: Frame, isStill: boolean) => string,
 *   toneOf: (frame: Frame, pace: Pace) => {from: number, to: number, seconds: number},
 *   startOf: (frame: Frame, pace: Pace, by: number) => number | null,
 * }} Guide `show` gives what to read out, `startOf` when a part near by begins, null where one can't skip
 */

/** @type {{[name: string]: Guide}} */
const GUIDES = { breathing, grounding };

export function runGuides() {
  onContents(() => {
    for (const root of document.querySelectorAll("[data-guide]:not([data-state])")) {
      if (root instanceof HTMLElement) new Run(root);
    }
  });
}

/** One guide on the page, and how far somebody is in it. */
class Run {
  #watch = new Stopwatch(() => performance.now());
  /** @type {Pace} */
  #pace = {};
  #said = "";
  #pauseUnseen = () => document.hidden && this.#pause();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.guide = GUIDES[root.dataset.guide ?? ""];
    root.addEventListener("click", ({ target }) => target instanceof Element && this.#press(target));
    root.addEventListener("input", () => this.#showPace());
    this.#showPace();
    this.#become("idle");
  }

  /** @param {Element} target */
  #press(target) {
    const button = target.closest("[data-do]");
    switch (button?.getAttribute("data-do")) {
      case "start":
        this.#watch.moveTo(0);
        return this.#go();
      case "resume":
        return this.#go();
      case "pause":
        return this.#pause();
      case "stop":
        return this.#end("idle");
      case "next":
        return this.#skip(1);
      case "back":
        return this.#skip(-1);
    }
  }

  #go() {
    this.#said = "";
    this.#watch.start();
    this.#become("running");
    this.root.scrollIntoView({ block: "nearest" });
    stayAwake();
    document.addEventListener("visibilitychange", this.#pauseUnseen);
    this.#tick();
  }

  #pause() {
    this.#watch.pause();
    this.#become("paused");
    this.#rest();
  }

  /** @param {"idle" | "done"} state */
  #end(state) {
    this.#watch.pause();
    this.#become(state);
    this.#say(state === "done" ? (this.root.dataset.done ?? "") : "");
    this.#rest();
  }

  #rest() {
    hush();
    mayRest();
    document.removeEventListener("visibilitychange", this.#pauseUnseen); // else a guide outlives its page
  }

  /** @param {number} by */
  #skip(by) {
    const start = this.guide.startOf(this.guide.at(this.#watch.elapsed, this.#pace), this.#pace, by);
    if (start === null) return;
    this.#watch.moveTo(start);
    this.#show();
  }

  #tick() {
    if (!this.#watch.isRunning) return;
    if (!this.root.isConnected) return this.#end("idle"); // another page took its place
    if (this.root.checkVisibility?.() === false) return this.#pause(); // what it is part of was closed
    this.#show();
    requestAnimationFrame(() => this.#tick());
  }

  #show() {
    const frame = this.guide.at(this.#watch.elapsed, this.#pace);
    if (frame.isDone) return this.#end("done");
    const text = this.guide.show(this.root, frame, matchMedia("(prefers-reduced-motion: reduce)").matches);
    if (frame.part === this.#said) return;
    this.#said = frame.part;
    if (!this.#isSounding()) this.#say(text);
    else if (this.#watch.isRunning) sound(this.guide.toneOf(frame, this.#pace));
  }

  #isSounding() {
    const box = this.root.querySelector("[data-sound]");
    return box instanceof HTMLInputElement && box.checked;
  }

  /** @param {string} text */
  #say(text) {
    const live = this.root.querySelector("[data-live]");
    if (live) live.textContent = text;
  }

  /** What is there at this state, and where focus goes when its button went. */
  #become(/** @type {"idle" | "running" | "paused" | "done"} */ state) {
    const hadFocus = this.root.contains(document.activeElement);
    this.root.dataset.state = state;
    for (const part of this.root.querySelectorAll("[data-when]")) {
      part.toggleAttribute("hidden", !part.getAttribute("data-when")?.split(" ").includes(state));
    }
    const button = this.root.querySelector("[data-do]:not([hidden])");
    if (hadFocus && button instanceof HTMLElement) button.focus();
  }

  #showPace() {
    for (const slider of this.root.querySelectorAll("[data-pace]")) {
      if (!(slider instanceof HTMLInputElement)) continue;
      this.#pace[slider.dataset.pace ?? ""] = Number(slider.value);
      const output = slider.parentElement?.querySelector("output");
      if (output) output.textContent = slider.value;
    }
  }
}
