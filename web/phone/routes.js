/**
 * The route table, web/routes.json: which addresses this device answers. Twin: server/routes.py.
 * @import { Kinds } from "./entries.js"
 */

/**
 * A row of the table. `each` is there when it stands for a route of each kind, `kind` when its path does not name it.
 * With the lock on, one that is `open` answers as ever, and one that `saves` keeps the words that it is sent.
 * @typedef {{method: string, path: string, name: string, on: string[], each?: string, kind?: string, template?: string,
 *   fragment?: string, open?: boolean, saves?: boolean}} Route
 */
/** @typedef {{route: Route, kind: string, id: string}} Found for a route of no kind or no id these are "" */

/**
 * The route that a request asks for, null when this device has none: then it is the server's to answer.
 * @param {Route[]} routes
 * @param {Kinds} kinds
 * @param {string} method
 * @param {string} path
 * @returns {Found | null}
 */
export function findRoute(routes, kinds, method, path) {
  for (const route of routes) {
    const kind = route.method === method && route.on.includes("phone") ? kindAt(route, kinds, path) : null;
    if (kind !== null) return { route, kind, id: path.split("/")[2] ?? "" };
  }
  return null;
}

/**
 * The kind that the path names in the row's place for it, "" when the row has none; null when the path is not the row's.
 * @param {Route} route
 * @param {Kinds} kinds
 * @param {string} path
 */
function kindAt(route, kinds, path) {
  const asked = Object.values(kinds).find(({ plural }) => path.split("/")[1] === plural);
  if (route.each && !asked) return null;
  const wanted = asked ? route.path.replace("{kinds}", asked.plural) : route.path;
  return fits(wanted.split("/"), path.split("/")) ? (asked?.kind ?? route.kind ?? "") : null;
}

/**
 * @param {string[]} wanted
 * @param {string[]} parts
 */
function fits(wanted, parts) {
  return (
    wanted.length === parts.length && wanted.every((part, at) => part === parts[at] || (part === "{id}" && parts[at]))
  );
}
