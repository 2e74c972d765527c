/** Why something went wrong, as a page says it. */

import { storageProblem } from "./database.js";

/**
 * The status and the code of what went wrong.
 * @param {unknown} error
 * @returns {[number, string]}
 */
export function reasonOf(error) {
  console.error(error);
  const code = storageProblem(error);
  return code ? [507, code] : [500, "unexpected"];
}
