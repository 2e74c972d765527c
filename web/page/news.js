/** News that a page came with is said out loud: a live region tells only of what comes into it later. */

import { say } from "./focus.js";

export function sayNews() {
  const news = document.querySelector("main [data-news]");
  if (news) say(news.textContent ?? "");
}
