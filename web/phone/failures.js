/**
 * What is answered when this device could not do what was asked.
 * @import { Shell } from "./shell.js"
 */

import { problemPage, unkeptPage } from "./answer.js";
import { readPairs } from "./form_body.js";
import { hereOf } from "./here.js";
import { brokenHost } from "./host.js";
import { reasonOf } from "./reasons.js";

/**
 * Says on a page what it was.
 * @param {Request} request
 * @param {Shell} shell
 * @param {unknown} error
 */
export async function failedPage(request, shell, error) {
  const [status, code] = reasonOf(error);
  return problemPage(request, brokenHost(shell), status, code);
}

/**
 * Gives back the words of a form that the device could not keep.
 * @param {Request} request
 * @param {Shell} shell
 * @param {unknown} error
 */
export async function unkept(request, shell, error) {
  const host = brokenHost(shell);
  const pairs = await readPairs(request).catch(() => []); // no form of ours
  return unkeptPage(host, hereOf(request, host), pairs, ...reasonOf(error));
}
