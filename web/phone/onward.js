/**
 * Where a form leads once it is saved. Twin: server/onward.py.
 * @import { Kind } from "./entries.js"
 * @import { Pairs } from "./forms.js"
 */

import { last } from "./forms.js";

const PAGE = /^\/[a-z][a-z/-]*(?:\{id\})?(?:\?[a-z]+=[0-9a-z-]*(?:\{id\})?)?$/; // one of ours, never another site's

/**
 * The page that the form names as `onward`, with the entry's id for {id}; else the entry's own.
 * @param {Pairs} pairs
 * @param {Kind} kind
 * @param {string} id
 */
export function onward(pairs, kind, id) {
  const named = last(pairs, "onward");
  return PAGE.test(named) ? named.replaceAll("{id}", id) : `/${kind.plural}/${id}`;
}
