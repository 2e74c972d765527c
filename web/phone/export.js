/**
 * Every record of the journal as one file to keep, written as the server writes it.
 * @import { Journal } from "./journal.js"
 */

import { encode } from "./record.js"

/**
 * @param {Journal} journal
 * @returns {Promise<Response>}
 */
export async function exportJournal(journal) {
  const records = await journal.records()
  return new Response(`{"records":[${records.map(encode).join(",")}]}`, {
    headers: {
      "Content-Type": "application/json",
      "Content-Disposition": 'attachment; filename="unlearn.json"',
      "Cache-Control": "no-store",
    },
  })
}
