/**
 * What is chosen for this browser, whoever uses it: the language, and the country whose crisis lines to show.
 * Twin: server/choices.py.
 * @import { Pairs } from "./forms.js"
 * @import { Frame } from "./host.js"
 */

import { Malformed, readPairs } from "./form_body.js";
import { last } from "./forms.js";
import { see } from "./host.js";
import { choose } from "./replica.js";
import { isChoice } from "./views/support.js";
import { LANGUAGES } from "./words.js";

/**
 * @param {Request} request
 * @param {Frame} host
 */
export async function chooseLanguage(request, host) {
  const pairs = await readPairs(request);
  const language = last(pairs, "language");
  if (!LANGUAGES.includes(language)) throw new Malformed(400);
  await choose("language", language);
  tellServer("/you/language", pairs, host);
  return see(host, "/you");
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
