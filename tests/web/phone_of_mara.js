/** Mara's phone, signed in and about to exchange with a scripted server. */

import { replicaDatabase } from "../../web/phone/database.js";
import { Exchange } from "../../web/phone/exchange.js";
import { Journal } from "../../web/phone/journal.js";
import { newRecord, save } from "../../web/phone/record.js";
import { adopt } from "../../web/phone/replica.js";
import { newBrowser } from "./browser.js";
import { kinds } from "./kinds.js";

export const NOW = 1_795_350_000_000;

/** A new browser in which Mara has signed in. */
export async function phoneOfMara() {
  newBrowser();
  const { device } = await adopt("mara", "mara@example.org");
  const mara = new Journal(replicaDatabase(device), kinds);
  /**
   * @param {string} id
   * @param {import("../../web/phone/record.js").Fields} fields
   */
  const write = (id, fields) =>
    mara.change(id, (record, writer) => save(record ?? newRecord(id, "trait"), writer, fields, NOW));
  return { device, mara, write };
}

/** @param {{send: import("../../web/phone/host.js").Send}} server */
export function exchange({ send }) {
  return new Exchange({ kinds, send, now: () => NOW });
}

/**
 * What was asked with records; a device only asks at first.
 * @param {{asked: import("./scripted_server.js").Asked[]}} server
 */
export const pushes = ({ asked }) => asked.map(({ body }) => body).filter(body => body.records.length);

/**
 * @param {number} cursor
 * @param {object} [rest]
 * @returns {import("./scripted_server.js").Said}
 */
export function took(cursor, rest = {}) {
  return { json: { v: 1, epoch: "e1", cursor, more: false, records: [], refused: [], ...rest } };
}
