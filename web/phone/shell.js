/**
 * The shell: the code, templates, styles, icons and words of one version, precached whole or not at all.
 * @import { Kinds } from "./entries.js"
 */

/** @typedef {(template: string, context: object) => string} Render */
/** @typedef {{version: string, files: string[], templates: {render: Render}}} Manifest what worker.js is generated with */
/** @typedef {{every: Record<string, string>, page: Record<string, string>}} AnswerHeaders */
/**
 * @typedef {{version: string, prefix: string, render: Render, words: Record<string, any>, routes: any[],
 *   kinds: Kinds, headers: AnswerHeaders}} Shell
 */

const OURS = "unlearn-shell-"; // other caches of this origin are none of our business
const LANGUAGES = ["en", "es"];

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
 * @returns {Promise<Shell>}
 */
export async function loadShell(manifest) {
  const prefix = `/shell/${manifest.version}`;
  const json = async (/** @type {string} */ name) => (await read(manifest, `${prefix}/${name}.json`)).json();
  const [routes, kinds, headers, ...words] = await Promise.all(
    ["routes", "kinds", "headers", ...LANGUAGES.map(language => `words/${language}`)].map(json),
  );
  const spoken = Object.fromEntries(LANGUAGES.map((language, at) => [language, words[at]]));
  const { version, templates } = manifest;
  const { render } = templates;
  return { version, prefix, render, words: spoken, routes, kinds, headers };
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
