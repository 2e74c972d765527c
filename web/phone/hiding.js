/** Hidden: a neutral page took the place of the app's, and Back leads to that page again until the app is opened anew. */

import { choose, chosen } from "./replica.js";

const HIDDEN = "hidden";

export const hide = () => choose(HIDDEN, true);

/**
 * Whether a navigation is to be answered with the neutral one: Back asks again for what was left,
 * anybody else opens the app.
 * @param {Request & {isHistoryNavigation?: boolean}} request not in every browser; without it Back opens the app too
 */
export async function staysHidden({ isHistoryNavigation }) {
  if (!(await chosen(HIDDEN))) return false;
  if (!isHistoryNavigation) await choose(HIDDEN, false);
  return Boolean(isHistoryNavigation);
}
