/** Passphrases that everybody would try first, however long they are. Judged on the device, where alone they are known. */

const FEWEST_LETTERS = 5; // different ones
const LONGEST_UNIT = 12; // letters, of something said again and again
const ROWS = [
  "0123456789".repeat(4),
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertyuiopasdfghjklnzxcvbnm",
];
const KNOWN = [
  "correcthorsebatterystaple",
  "tobeornottobethatisthequestion",
  "tobeornottobe",
  "thequickbrownfoxjumpsoverthelazydog",
  "maytheforcebewithyou",
  "iloveyouverymuch",
  "loremipsumdolorsitamet",
  "letmeinletmeinplease",
  "thisismypassword",
  "thisismypassphrase",
  "mypasswordispassword",
  "estaesmicontrasena",
  "tequieromuchomuchomucho",
  "enunlugardelamancha",
  "enunlugardelamanchadecuyonombrenoquieroacordarme",
];

/**
 * Whether many would guess it.
 * @param {string} passphrase
 * @param {string} email of the account that it is for, "" when it has none here
 */
export function isObvious(passphrase, email) {
  const [bare, name] = [passphrase, email].map(lettersOf);
  if (new Set(bare).size < FEWEST_LETTERS || isRepeated(bare) || KNOWN.includes(bare)) return true;
  if (name && (bare === name || isRepeated(bare.replaceAll(lettersOf(email.split("@")[0]), "")))) return true;
  return ROWS.some(row => row.includes(bare) || [...row].reverse().join("").includes(bare));
}

/** @param {string} text */
const lettersOf = text =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, "");

/** @param {string} text */
function isRepeated(text) {
  const units = Array.from({ length: Math.min(LONGEST_UNIT, Math.floor(text.length / 2)) }, (_, at) =>
    text.slice(0, at + 1),
  );
  return text === "" || units.some(unit => unit.repeat(Math.ceil(text.length / unit.length)).startsWith(text));
}
