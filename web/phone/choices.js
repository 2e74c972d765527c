/**
 * What is chosen for this browser, whoever uses it: the language, and the country whose crisis lines to show.
 * Twin: server/choices.py.
 * @import { Pairs } from "./forms.js"
 * @import { Frame } from "./host.js"
 * @import { Shell } from "./shell.js"
 */

import { Malformed, readPairs } from "./form_body.js";
import { last } from "./forms.js";
import { see } from "./host.js";
import * as languages from "./languages.js";
import { choose, chosen } from "./replica.js";
import { isChoice } from "./views/support.js";
import { LANGUAGE_CHANGED } from "./views/you.js";

/**
 * The language that the person chose here, else one that their browser asks for.
 * @param {Shell} shell
 */
export async function languageOf(shell) {
  const choice = await chosen("language").catch(() => null); // where nothing can be read, the browser's
  return languages.chooseLanguage(choice ?? "", navigator.languages, Object.keys(shell.languages));
}

/**
 * What the first worker hears of a page that the server made: a choice from before there was a worker is in it.
 * @param {string} shown the page's language
 * @param {Shell} shell
 */
export async function takeOverLanguage(shown, shell) {
  if (!Object.hasOwn(shell.languages, shown) || (await chosen("language"))) return;
  if (shown !== (await languageOf(shell))) await choose("language", shown);
}

/**
 * @param {Request} request
 * @param {Frame} host
 */
export async function chooseLanguage(request, host) {
  const pairs = await readPairs(request);
  const language = last(pairs, "language");
  if (!Object.hasOwn(host.shell.languages, language)) throw new Malformed(400);
  await choose("language", language);
  tellServer("/you/language", pairs, host);
  return see(host, LANGUAGE_CHANGED);
}

/**
 * Help is no place for a refusal: a country that can't be kept is shown once, and an unknown one changes nothing.
 * @param {Request} request
 * @param {Frame} host
 */
export async function chooseCountry(request, host) {
  const pairs = await readPairs(request).catch(() => []);
  const country = last(pairs, "country");
  if (!isChoice(country, host.shell.lifelines)) return see(host, "/support");
  await choose("country", country).catch(() => {});
  tellServer("/support/country", pairs, host);
  return see(host, `/support?country=${country}`);
}

/**
 * Has the server remember a choice too, for its own pages; it need not be there.
 * @param {string} path
 * @param {Pairs} pairs
 * @param {Frame} host
 */
function tellServer(path, pairs, host) {
  host.send(path, { method: "POST", body: new URLSearchParams(pairs), redirect: "manual" }).catch(() => {});
}
