/** News that a page came with is said out loud: a live region tells only of what comes into it later. */

import { say } from "./say.js";

export function sayNews() {
  for (const news of document.querySelectorAll("main [data-say=arrived]")) say(news.textContent);
}
