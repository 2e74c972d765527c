/** A phone that does one thing after another, by chance: saves, bins, puts back, shreds, exchanges, is refused, starts over. */

import { replicaDatabase } from "../../web/phone/database.js";
import { Journal } from "../../web/phone/journal.js";
import { apply, refuse, startOver, take } from "../../web/phone/outbox.js";
import { newRecord, putBack, remove, save, shred } from "../../web/phone/record.js";
import { kinds } from "./kinds.js";

/** @typedef {import("../../web/phone/record.js").Record} PhoneRecord */

export const IDS = ["a", "b", "c", "d", "e"];

/** A phone that does one thing after another, as its seed says. */
export class RandomPhone {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed;
    this.journal = new Journal(replicaDatabase("marasphone01"), kinds);
    this.database = this.journal.database;
    this.now = 1;
    this.cursor = 0;
  }

  /** @returns {Promise<string>} what was done */
  async step() {
    this.now += 1 + this.below(3);
    const id = IDS[this.below(IDS.length)];
    switch (this.below(9)) {
      case 0:
      case 1:
        return this.change(id, record =>
          save(record ?? this.fresh(id), "marasphone01", this.said(`${this.now}`), this.now),
        );
      case 2:
        return this.change(id, record => record && remove(record, "marasphone01", this.now));
      case 3:
        return this.change(id, record => record && putBack(record, "marasphone01", this.now));
      case 4:
        return this.change(id, record => record && shred(remove(record, "marasphone01", this.now)));
      case 5:
        await startOver(this.database);
        return "start over";
      case 6: {
        const { push } = await take(this.database, 2);
        await refuse(
          this.database,
          push.map(({ id, saves }) => ({ id, saves, code: "too_large", detail: "" })),
        );
        return "refused";
      }
      default:
        return this.exchange();
    }
  }

  /** Pushes some of what waits; of that some is refused, and some comes back changed, beside records of others. */
  async exchange() {
    const { push } = await take(this.database, this.below(4));
    const came = IDS.filter(() => this.below(2)).map(id => this.elsewhere(id));
    const refused = push.slice(0, this.below(2)).map(({ id }) => ({ id, code: "bad_record", detail: "" }));
    const answer = { ...this.answer(came), refused };
    if (!this.below(3))
      await this.journal.change(IDS[0], record =>
        save(record ?? this.fresh(IDS[0]), "marasphone01", this.said("meanwhile"), this.now),
      );
    await apply(this.database, push, answer, kinds, this.now);
    if (!this.below(3)) await apply(this.database, push, answer, kinds, this.now); // a duplicate
    return `exchange of ${push.map(each => each.id)} for ${came.map(each => each.id)}`;
  }

  /** @param {string} id */
  elsewhere(id) {
    const written = save(this.fresh(id), "laptop", this.said("there"), this.now);
    return this.below(3) ? written : remove(written, "laptop", this.now + 1);
  }

  /** @param {string} name */
  said(name) {
    return { name, happened_at: `2026-0${1 + this.below(4)}-28T18:00:00+00:00` };
  }

  /** @param {string} id */
  fresh(id) {
    return newRecord(id, id === "e" ? "dream" : "trait"); // a kind that a newer version made is no entry here
  }

  /**
   * @param {PhoneRecord[]} records
   * @returns {import("../../web/phone/outbox.js").Answer}
   */
  answer(records) {
    return { v: 1, epoch: "e1", cursor: ++this.cursor, more: false, records, refused: [] };
  }

  /**
   * @param {string} id
   * @param {(record: PhoneRecord | null) => PhoneRecord | null} action
   */
  async change(id, action) {
    await this.journal.change(id, record => action(record) ?? this.fresh(id));
    return `${action} of ${id}`;
  }

  /**
   * The next number of a linear congruential generator (Knuth's MMIX has the same shape; these are glibc's constants).
   * @param {number} end
   */
  below(end) {
    this.state = (Math.imul(this.state, 1103515245) + 12345) & 0x7fffffff;
    return (this.state >> 8) % end;
  }
}
