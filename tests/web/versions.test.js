/** What an older version of the app kept is there in this one. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { replicaDatabase } from "../../web/phone/database.js";
import { Journal } from "../../web/phone/journal.js";
import { newRecord, save } from "../../web/phone/record.js";
import { openDB } from "../../web/phone/vendor/idb.js";
import { REPLICA, replicaName } from "../../web/phone/versions.js";
import { writerOf } from "../../web/phone/writer.js";
import { newBrowser } from "./browser.js";
import { kinds } from "./kinds.js";

const PHONE = "oldphone";

beforeEach(() => newBrowser());

test("version 1: rows and drafts stay, and what waits tells all its saves that may not have been sent", async () => {
  const sent = save(newRecord("sent", "trait"), PHONE, { name: "Sent" }, 1000);
  const edited = save(save(sent, "laptop", { costs: "friends" }, 2000), PHONE, { name: "Edited" }, 3000);
  await keptByVersion1([
    { ...row(sent), order: [-1000, "sent"] },
    { ...row({ ...edited, id: "edited" }), dirty: 1 },
    { ...row({ ...edited, id: "refused" }), refused: { code: "too_large", detail: "" } },
    { ...row({ ...save(newRecord("moved", "trait"), "nobody", { name: "Moved" }, 500) }), dirty: 1 },
  ]);

  const database = replicaDatabase(PHONE);
  const [rows, drafts, writer] = await database.read(["records", "drafts", "state"], tx =>
    Promise.all([tx.objectStore("records").getAll(), tx.objectStore("drafts").getAll(), writerOf(tx)]),
  );
  const unsent = Object.fromEntries(rows.map(each => [each.id, each.unsent]));
  const own = { [PHONE]: [0, 3000] };
  assert.deepEqual(unsent, { sent: undefined, edited: own, refused: own, moved: {} });
  assert.deepEqual(writer, { name: PHONE, former: [] });
  assert.deepEqual(drafts, [{ path: "/traits", fields: [["name", "Half"]] }]);
  const journal = new Journal(database, kinds);
  assert.equal((await journal.standing()).synced_at, 700);
  assert.equal((await journal.get("edited"))?.values.name, "Edited");
});

/**
 * @param {any[]} rows
 */
async function keptByVersion1(rows) {
  const database = await openDB(replicaName(PHONE), 1, { upgrade: (db, _, __, tx) => void REPLICA[0]?.(db, tx) });
  const tx = database.transaction(["records", "state", "drafts"], "readwrite");
  await Promise.all(rows.map(each => tx.objectStore("records").put(each)));
  await tx.objectStore("state").put({ key: "exchange", epoch: "e1", cursor: 7, synced_at: 700 });
  await tx.objectStore("drafts").put({ path: "/traits", fields: [["name", "Half"]] });
  await tx.done;
  database.close();
}

/** @param {import("../../web/phone/record.js").Record} record */
const row = record => ({ id: record.id, kind: record.kind, record, saves: 1 });
