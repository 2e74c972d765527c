/** Cases that server/ passes too: tests/server/test_vectors.py. */

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { Refused, write } from "../../web/phone/actions.js";
import { keptOf, readForm, typedOf } from "../../web/phone/forms.js";
import { chooseLanguage } from "../../web/phone/languages.js";
import { atWall, knownZone, nowIn, parse, show, wall } from "../../web/phone/moments.js";
import { encode } from "../../web/phone/record.js";
import { fold, isBegun, isSimilar, termsOf } from "../../web/phone/search.js";
import { shorten } from "../../web/phone/text.js";
import { fitting, tellingWords } from "../../web/phone/views/plans.js";
import { count, digits, fill, pluralForm, setApart } from "../../web/phone/words.js";
import { kinds } from "./kinds.js";
import { json, vectors } from "./vectors.js";

const moments = vectors("moments");
const texts = vectors("words");
const search = vectors("search");
const forms = vectors("forms");
const plans = vectors("plans");
const lines = vectors("text");
const languages = vectors("languages");
const plurals = vectors("plurals");
const LANGUAGES = readdirSync(new URL("../../web/words", import.meta.url)).map(file => file.replace(".json", ""));
const words = Object.fromEntries(LANGUAGES.map(language => [language, json(`../../web/words/${language}.json`)]));

for (const { name, wall, zone, moment } of moments.at_wall) {
  test(`atWall: ${name}`, () => assert.equal(atWall(wall, zone), moment));
}

for (const { text, moment } of moments.parse) {
  test(`parse: ${JSON.stringify(text)}`, () => {
    const found = parse(text);
    assert.deepEqual(found && { wall: wall(text), zone: found.zone, ms: found.ms }, moment);
  });
}

for (const { now, zone, moment } of moments.now_in) {
  test(`nowIn: ${now} ${zone}`, () => assert.equal(nowIn(now, zone), moment));
}

for (const { text, language, shown } of moments.show) {
  test(`show: ${text} ${language}`, () => assert.equal(show(text, words[language]), shown));
}

for (const { zone, known } of moments.known_zone) {
  test(`knownZone: ${JSON.stringify(zone)}`, () => assert.equal(knownZone(zone), known));
}

for (const { text, values, filled } of texts.fill) {
  test(`fill: ${text}`, () => assert.equal(fill(text, values), filled));
}

for (const { text, dir, apart } of texts.set_apart) {
  test(`setApart: ${text} ${dir}`, () => assert.equal(setApart(text, { app: { dir } }), apart));
}

for (const { number, language, text } of texts.digits) {
  test(`digits: ${number} ${language}`, () => assert.equal(digits(number, words[language]), text));
}

for (const { number, forms, language, text } of texts.count) {
  test(`count: ${number} ${language}`, () => assert.equal(count(forms, number, words[language]), text));
}

for (const { chosen, accepted, spoken, language } of languages.choose_language) {
  test(`chooseLanguage: ${chosen}, ${accepted}`, () =>
    assert.equal(chooseLanguage(chosen, accepted, spoken), language));
}

for (const { language, plurals: rules, numbers } of plurals.forms) {
  for (const [number, form] of Object.entries(numbers)) {
    test(`pluralForm: ${number} ${language}`, () => assert.equal(pluralForm(Number(number), rules), form));
  }

  test(`pluralForm: what CLDR says in ${language}`, () => {
    const cldr = new Intl.PluralRules(language);
    const some = [...Array(1200).keys(), ...[9999, 10_000, 99_999, 1_000_000, 1_000_001, 2_000_000, 123_456_789]];
    const found = (/** @type {(number: number) => string} */ rule) => some.map(number => `${number} ${rule(number)}`);
    assert.deepEqual(
      found(number => pluralForm(number, rules)),
      found(number => cldr.select(number)),
    );
  });
}

for (const { text, folded } of search.fold) {
  test(`fold: ${JSON.stringify(text)}`, () => assert.equal(fold(text), folded));
}

for (const { name, text, most, short } of lines.shorten) {
  test(`shorten: ${name}`, () => assert.equal(shorten(text, most), short));
}

for (const { text, language, telling } of plans.telling_words) {
  test(`tellingWords: ${text}`, () => assert.deepEqual([...tellingWords(text, words[language])].sort(), telling));
}

for (const { name, planned, situation, trait_id, language, ids } of plans.fitting) {
  test(`fitting: ${name}`, () => {
    const found = fitting(planned, situation, trait_id, words[language]);
    assert.deepEqual(
      found.map(({ id }) => id),
      ids,
    );
  });
}

for (const { text, terms } of search.terms) {
  test(`termsOf: ${JSON.stringify(text)}`, () => assert.deepEqual(termsOf(text), terms));
}

for (const { wanted, term, begun, similar } of search.match) {
  test(`${wanted}, typed for ${term}`, () => {
    assert.deepEqual([isBegun(wanted, term), isSimilar(wanted, term)], [begun, similar]);
  });
}

for (const language of LANGUAGES) {
  for (const { name, kind, pairs, typed, errors } of forms.read_form) {
    test(`readForm: ${name}, ${language}`, () => {
      const form = readForm(kinds[kind], pairs, words[language]);
      assert.deepEqual(filled(form.typed), filled(typed));
      assert.deepEqual(form.errors, sentences(errors, language));
    });
  }

  for (const { name, kind, id, pairs, hand, record, text, errors } of forms.write) {
    test(`write: ${name}, ${language}`, () => {
      const writer = { name: hand.device, former: [] };
      const action = write(kinds[kind], id, pairs, { ...hand, step: 0 }, words[language]);
      if (errors) assert.throws(() => action(record, hand.device, writer), isRefusedFor(sentences(errors, language)));
      else assert.equal(encode(action(record, hand.device, writer)), text);
    });
  }
}

for (const { kind, field, typed, zone, value } of forms.kept_of) {
  test(`keptOf: ${field} ${JSON.stringify(typed)}`, () => {
    assert.deepEqual(keptOf(fieldOf(kind, field), typed, zone), value);
  });
}

for (const { kind, field, value, typed } of forms.typed_of) {
  test(`typedOf: ${field} ${JSON.stringify(value)}`, () => {
    assert.deepEqual(typedOf(fieldOf(kind, field), value), typed);
  });
}

/** @param {{[field: string]: string}} errors */
function isRefusedFor(errors) {
  return (/** @type {unknown} */ error) => {
    assert.ok(error instanceof Refused);
    assert.deepEqual(error.form.errors, errors);
    return true;
  };
}

/**
 * What a person reads of errors that are given by their code and the values in their sentence.
 * @param {{[language: string]: {[field: string]: {code: string, values: {[name: string]: string}}}}} errors
 * @param {string} language
 */
function sentences(errors, language) {
  const said = Object.entries(errors[language]);
  return Object.fromEntries(said.map(([name, { code, values }]) => [name, fill(words[language].errors[code], values)]));
}

/**
 * @param {string} kind
 * @param {string} name
 */
function fieldOf(kind, name) {
  const field = kinds[kind].fields.find(each => each.name === name);
  assert.ok(field);
  return field;
}

/** @param {{[field: string]: any}} typed */
function filled(typed) {
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value.length));
}
