/**
 * The shell: the code, templates, styles, icons and words of one version, precached whole or not at all.
 * @import { Kinds } from "./entries.js"
 * @import { Lifelines } from "./views/support.js"
 */

/** @typedef {{name: string, label: string}} Provider one to sign in with */
/** @typedef {(template: string, context: object) => string} Render */
/** @typedef {{every: Record<string, string>, page: Record<string, string>}} AnswerHeaders */
/** @typedef {{words: Record<string, any>, languages: {[language: string]: string}, routes: any[], kinds: Kinds, headers: AnswerHeaders,
 *   lifelines: Lifelines, sign_up: string, providers: Provider[]}} Data */
/** @typedef {{version: string, files: string[], render: Render, data: Data}} Manifest what worker.js is generated with */
/** @typedef {Data & {version: string, prefix: string, render: Render}} Shell */

const OURS = "unlearn-shell-"; // other caches of this origin are none of our business

/**
 * Fetches every file of the version; rejects, with nothing kept, when one of them can't be had.
 * @param {Manifest} manifest
 */
export async function precache({ version, files }) {
  const cache = await caches.open(OURS + version);
  await cache.addAll(files);
}

/**
 * Deletes the caches of other versions of ours.
 * @param {string} version
 */
export async function dropOtherVersions(version) {
  const names = await caches.keys();
  const others = names.filter(name => name.startsWith(OURS) && name !== OURS + version);
  await Promise.all(others.map(name => caches.delete(name)));
}

/**
 * A file of the shell, from the cache of its version; from the network when the browser dropped it there.
 * @param {Manifest} manifest
 * @param {Request | string} file
 * @returns {Promise<Response>}
 */
export async function read({ version }, file) {
  const cache = await caches.open(OURS + version);
  return (await cache.match(file, { ignoreVary: true })) ?? fetch(file);
}

/**
 * What pages are made from: the data of the same version as the code that runs.
 * @param {Manifest} manifest
 * @returns {Shell}
 */
export function shellOf({ version, render, data }) {
  return { ...data, version, prefix: `/shell/${version}`, render };
}

/**
 * The headers that every answer carries, for answers made here.
 * @param {Shell} shell
 * @param {string} nonce
 */
export function everyHeader({ headers }, nonce) {
  const entries = Object.entries(headers.every);
  return new Headers(entries.map(([name, value]) => [name, value.replaceAll("{nonce}", nonce)]));
}
