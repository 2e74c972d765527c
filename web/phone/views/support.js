/**
 * Help now: crisis lines, the person's own safety plan, grounding. Twin: server/views/support.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { fill } from "../words.js";
import { calendarText } from "./dates.js";
import { frame } from "./frame.js";
import { urlOf } from "./items.js";

/**
 * One line and the ways to reach it; server/lifelines.py says what each means.
 * @typedef {{name: string, call: string, text: string, keyword: string, chat: string, place: string, hours: string,
 *   free: boolean, languages: string[], checked: string | null, source: string}} Line
 */
/** @typedef {{code: string, name: string, zones: string[], lines: Line[], emergency: Line | null}} Country */
/** @typedef {{finder: string, countries: Country[]}} Lifelines */

const ELSEWHERE = "other"; // chosen in place of a country whose lines we have
const STEPS = ["warning_signs", "coping", "people_places", "ask_for_help", "professionals", "safer"]; // Stanley & Brown 2012
const WITH_NUMBERS = ["people_places", "ask_for_help", "professionals"]; // of the steps
const NUMBER = /[+]?[0-9](?:[ ().-]{0,2}[0-9]){2,}/g;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const LONGEST = 15; // digits (ITU-T E.164)

/**
 * Lines of the person's country first; `journal` is null where nothing that is kept can be read.
 * @param {Journal | null} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function supportPage(journal, here) {
  const country = countryOf(here);
  const words = here.words.support;
  return {
    ...frame(here, here.words.titles.support),
    country: country ? nameOf(country, words) : "",
    emergency: country?.emergency ? lineOf(country.emergency, here.words) : null,
    lines: country ? country.lines.map(line => lineOf(line, here.words)) : [],
    countries: here.lifelines.countries.map(each => choiceOf(each, country, words)),
    finder: here.lifelines.finder,
    plan: await planOf(journal, here),
    is_locked: here.lock?.isOn ?? false,
  };
}

/**
 * Whether it can be chosen.
 * @param {string} country
 * @param {Lifelines} lifelines
 */
export function isChoice(country, { countries }) {
  return country === ELSEWHERE || countries.some(({ code }) => code === country);
}

/**
 * Asked for by the address, else chosen in this browser, else where its clock is; null for one we know no lines of.
 * @param {Here} here
 * @returns {Country | null}
 */
function countryOf({ query, country, zone, lifelines }) {
  const { countries } = lifelines;
  const asked = [query.country ?? "", country].find(each => isChoice(each, lifelines));
  return countries.find(({ code, zones }) => (asked ? code === asked : zones.includes(zone))) ?? null;
}

/**
 * @param {Country} country
 * @param {Country | null} chosen
 * @param {Words} words
 */
function choiceOf(country, chosen, words) {
  return { code: country.code, name: nameOf(country, words), chosen: country === chosen };
}

/**
 * @param {Country} country
 * @param {Words} words
 * @returns {string}
 */
function nameOf({ code, name }, words) {
  return name || words.countries[code];
}

/**
 * @param {Line} line
 * @param {Words} words
 * @returns {Context}
 */
function lineOf(line, words) {
  const said = words.support;
  const { call, text, keyword, chat, languages } = line;
  const notes = [
    line.place,
    line.free ? said.free : "",
    saidAs(line.hours, said.hours),
    languages.map(each => saidAs(each, said.languages)).join(", "),
  ];
  return {
    name: line.name,
    about: notes.filter(Boolean).join(" · "),
    call,
    call_url: `tel:${dialled(call)}`,
    text: keyword ? fill(said.keyword, { word: keyword, number: text }) : text,
    text_url: `sms:${dialled(text)}${keyword ? `?body=${keyword}` : ""}`,
    chat_url: chat,
    checked: line.checked ?? "",
    checked_text: line.checked ? calendarText(line.checked, words) : "",
    source: line.source,
  };
}

/**
 * What the words call it; as it is when they do not.
 * @param {string} name
 * @param {{[name: string]: string}} words
 */
function saidAs(name, words) {
  return Object.hasOwn(words, name) ? words[name] : name;
}

/** @param {string} number */
function dialled(number) {
  return number.replace(/[^+*0-9]/g, "");
}

/**
 * The newest safety plan, all of it; its six steps alone when there is none yet.
 * @param {Journal | null} journal
 * @param {Here} here
 */
async function planOf(journal, { words }) {
  const [entry = null] = journal ? await journal.ofKind("safety_plan", 1) : [];
  return {
    readable: journal !== null,
    url: entry ? urlOf(entry) : "",
    has_rivals: STEPS.some(name => entry?.rivals[name]?.length),
    lines: STEPS.map(name => stepOf(name, entry, words)),
  };
}

/**
 * What the plan says at one step, each telephone number in it apart.
 * @param {string} name
 * @param {Entry | null} entry
 * @param {Words} words
 */
function stepOf(name, entry, words) {
  const text = String(entry?.values[name] ?? "");
  return {
    label: words.fields.safety_plan[name].label,
    blank: !text,
    parts: WITH_NUMBERS.includes(name) ? [...split(text)] : [{ text, url: "" }],
  };
}

/** @param {string} text */
function* split(text) {
  let at = 0;
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    if (DATE.test(number) || dialled(number).length > LONGEST) continue;
    yield { text: text.slice(at, index), url: "" };
    yield { text: number, url: `tel:${dialled(number)}` };
    at = index + number.length;
  }
  yield { text: text.slice(at), url: "" };
}
