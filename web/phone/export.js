/**
 * Every record of the journal as one file to keep, written as the server writes it.
 * @import { Journal } from "./journal.js"
 */

import { encode } from "./record.js";

/**
 * @param {Journal} journal
 * @param {Headers} headers those that every answer carries
 */
export async function exportJournal(journal, headers) {
  const records = await journal.records();
  headers.set("Content-Type", "application/json");
  headers.set("Content-Disposition", 'attachment; filename="unlearn.json"');
  headers.set("Cache-Control", "no-store");
  const drafts = await journal.drafts(); // words that are nowhere else; a server has none
  const rest = drafts.length ? `,"drafts":${JSON.stringify(drafts)}` : "";
  return new Response(`{"records":[${records.map(encode).join(",")}]${rest}}`, { headers });
}
