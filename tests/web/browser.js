/** A browser for the phone's modules under Node: IndexedDB from fake-indexeddb, and a line to a server. */

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { closeAll } from "../../web/phone/database.js";

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
