/** News that a page came with is said out loud: a live region tells only of what comes into it later. */

import { say } from "./say.js";

export function sayNews() {
  const news = document.querySelector("main [data-news]");
  if (news) say(news.textContent ?? "");
}
