/**
 * What the devices of a journal are called, and the form to name this one. Twin: server/views/devices.py.
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 */

import { fill, setApart } from "../words.js";
import { editForm, newForm } from "./form.js";

const SERVER = "server"; // the name under which the server itself saves

/** @typedef {(by: string) => string} Where what a place is called, by the name in a dot */

/**
 * Where a save was made, by the name in its dot: on a device that has a name, on this one, on the server, on another.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Where>}
 */
export async function whereOf(journal, { words }) {
  const [devices, own] = await Promise.all([journal.ofKind("device"), journal.writer()]);
  const said = words.devices;
  const named = new Map(devices.reverse().map(({ values }) => [values.writer, values.name]));
  return by => {
    if (named.get(by)) return fill(said.named, { name: setApart(named.get(by), words) });
    if (by === SERVER) return said.server;
    return by === own ? said.this : said.other;
  };
}

/**
 * The form for this device's name, with the name that it has.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function deviceForm(journal, here) {
  const kind = journal.kinds.device;
  const [devices, writer] = await Promise.all([journal.ofKind("device"), journal.writer()]);
  const known = devices.find(({ values }) => values.writer === writer);
  const form = await (known ? editForm(kind, journal, here, known) : newForm(kind, journal, here, { writer }));
  return { ...form, onward: "/you" };
}
