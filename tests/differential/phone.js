/**
 * The phone as the differential test asks it: the shell's real answer.js over real IndexedDB, or what stands for it
 * under Node. Loaded by phone_lines.js there and by a page in Chromium.
 * @typedef {import("../../web/phone/shell.js").Shell} Shell
 * @typedef {import("../../web/phone/record.js").Record} PhoneRecord
 * @typedef {import("../../web/phone/lock.js").Lock} Lock
 * @typedef {{signed_in: boolean, signed_out: boolean, email: string, waiting: number, synced_at: number | null,
 *   refused: {[id: string]: {code: string, detail: string}}}} Standing
 * @typedef {{method: string, address: string, partial: boolean, body: string | null, language: string, country: string, now: number,
 *   zone: string, id: string, nonce: string, standing: Standing, lock: Lock | null, record: string}} Asked
 * @typedef {{status: number, location: string, html: string, headers: [string, string][], record: string}} Answered
 */

const DEVICE = "examplephone";

/**
 * @param {Shell} shell
 * @param {{
 *   answer: typeof import("../../web/phone/answer.js").answer,
 *   encode: typeof import("../../web/phone/record.js").encode,
 *   Journal: typeof import("../../web/phone/journal.js").Journal,
 *   changeRows: typeof import("../../web/phone/tally.js").changeRows,
 *   cleanRow: typeof import("../../web/phone/rows.js").cleanRow,
 *   replicaDatabase: typeof import("../../web/phone/database.js").replicaDatabase,
 * }} phone
 */
export function examplePhone(shell, { answer, changeRows, encode, Journal, cleanRow, replicaDatabase }) {
  const database = () => replicaDatabase(DEVICE);
  return { hold, ask };

  /**
   * Makes these the records of the journal.
   * @param {PhoneRecord[]} records
   */
  async function hold(records) {
    const stores = ["records", "state", "digests"];
    await database().write(stores, async tx => {
      await Promise.all(stores.map(store => tx.objectStore(store).clear()));
    });
    await changeRows(database(), [], async (_, rows) => {
      await Promise.all(records.map(record => rows.add(cleanRow(record, 0, shell.kinds))));
    });
  }

  /**
   * Answers a request as the worker does, and tells what became of the record that it names.
   * @param {Asked} asked
   * @returns {Promise<Answered>}
   */
  async function ask(asked) {
    const journal = new Journal(database(), shell.kinds);
    const response = await answer(requestFor(asked), hostFor(asked, journal));
    if (!response) throw new Error(`${asked.method} ${asked.address} is not the phone's`);
    const row = await database().read(["records"], tx => tx.objectStore("records").get(asked.record));
    return {
      status: response.status,
      location: response.headers.get("Location") ?? "",
      html: await response.text(),
      headers: [...response.headers],
      record: row ? encode(row.record) : "",
    };
  }

  /**
   * @param {Asked} asked
   * @param {InstanceType<typeof Journal>} journal
   */
  function hostFor({ language, country, now, zone, id, nonce, standing, lock }, journal) {
    const { signed_in, signed_out, email, waiting, synced_at, refused } = standing;
    return {
      shell,
      journal,
      replica: { device: DEVICE, account: signed_in ? "account" : null, email: email || null, signed_out },
      standing: { waiting, synced_at: /** @type {number} */ (synced_at), refused }, // null stands for the server's page
      language,
      country,
      words: shell.words[language],
      now,
      step: 0, // the server, which is never set back by itself, takes one
      zone,
      id,
      nonce,
      lock,
      send: async () => Response.error(), // no page of the phone's waits for a server
    };
  }
}

/** @param {Asked} asked */
function requestFor({ method, address, partial, body }) {
  const headers = new Headers(partial ? { "HX-Request-Type": "partial" } : {});
  if (body !== null) headers.set("Content-Type", "application/x-www-form-urlencoded");
  return new Request(`https://unlearn.test${address}`, { method, headers, body });
}
