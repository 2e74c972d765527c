/** Languages: the one that a person reads, of those that there are (`spoken`). Twin: server/languages.py. */

const ENGLISH = "en";

/**
 * The person's own choice, else the first of the browser's languages that we speak, else English.
 *
 * A tag is cut from its end until a language has its name (RFC 4647 §3.4): es-419 is answered in es.
 * @param {string} chosen
 * @param {readonly string[]} accepted
 * @param {readonly string[]} spoken
 */
export function chooseLanguage(chosen, accepted, spoken) {
  for (const tag of [chosen, ...accepted]) {
    const parts = tag.toLowerCase().split("-");
    for (let end = parts.length; end > 0; end--) {
      const name = parts.slice(0, end).join("-");
      const found = spoken.find(language => language.toLowerCase() === name);
      if (found) return found;
    }
  }
  return ENGLISH;
}
