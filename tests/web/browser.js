/** A browser for the phone's modules under Node: IndexedDB from fake-indexeddb, and a line to a server. */

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { closeAll, registry, replicaDatabase } from "../../web/phone/database.js";
import { openDB } from "../../web/phone/vendor/idb.js";
import { deviceOf } from "../../web/phone/versions.js";

/** @typedef {{factory: IDBFactory}} Browser */

/** A browser that holds nothing yet, open in front of us. */
export function newBrowser() {
  return openBrowser({ factory: new IDBFactory() });
}

/**
 * Puts a browser in front of us; the one before keeps what it holds.
 * @param {Browser} browser
 */
export function openBrowser(browser) {
  closeAll();
  globalThis.indexedDB = browser.factory;
  return browser;
}

/**
 * Another browser that holds the same, as a backup of the device would.
 * @param {Browser} browser
 */
export async function copyOfBrowser(browser) {
  openBrowser(browser);
  const names = (await indexedDB.databases()).map(({ name = "" }) => name);
  const kept = await Promise.all(names.map(async name => ({ name, stores: await contentsOf(name) })));
  const copy = newBrowser();
  for (const { name, stores } of kept) {
    await databaseNamed(name).write([...stores.keys()], async tx => {
      for (const [store, rows] of stores) for (const row of rows) await tx.objectStore(store).put(row);
    });
  }
  openBrowser(browser);
  return copy;
}

/** @param {string} name */
const databaseNamed = name => (name === "unlearn" ? registry() : replicaDatabase(deviceOf(name)));

/**
 * Every store's rows.
 * @param {string} name
 * @returns {Promise<Map<string, any[]>>}
 */
async function contentsOf(name) {
  const database = await openDB(name);
  const stores = [...database.objectStoreNames];
  const rows = await Promise.all(stores.map(store => database.getAll(store)));
  database.close();
  return new Map(stores.map((store, at) => [store, rows[at] ?? []]));
}

/**
 * Fills the disk: what is put is refused when it is to be committed, as browsers do it.
 * @returns {() => void} makes room again
 */
export function fillDisk() {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    const request = put.apply(this, given);
    /** @type {any} */
    const transaction = this.transaction;
    request.addEventListener("success", () => transaction._abort("QuotaExceededError")); // fake-indexeddb's own way in
    return request;
  };
  return () => Object.assign(IDBObjectStore.prototype, { put });
}
