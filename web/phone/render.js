/**
 * What the compiled templates stand on: Python's and Jinja2's ways with values, for the values that views hand over.
 * server/templates.py is the same for the server.
 */

/** @typedef {Record<string, unknown>} Context */
/** @typedef {(context: Context, blocks: Blocks) => string} Writer */
/** @typedef {Record<string, Writer>} Blocks */
/** @typedef {{ body: Writer, blocks: Blocks, show: (context: Context) => string }} Template */

/** Names the template that could not be shown; never the value, which may be somebody's words. */
export class RenderError extends Error {}

/** The markup that a macro gives, already escaped. */
export class Safe {
  /** @param {string} html */
  constructor(html) {
    this.html = html;
  }
}

/**
 * The page `name` for this context.
 * @param {Record<string, Template>} templates
 * @param {string} name
 * @param {Context} context
 */
export function show(templates, name, context) {
  if (!Object.hasOwn(templates, name)) throw new RenderError(`${name}: no such template`);
  return templates[name].show(context);
}

/**
 * A template that extends no other.
 * @param {string} name
 * @param {Writer} body
 * @param {Blocks} own
 * @returns {Template}
 */
export function template(name, body, own) {
  return made(named(name, body), namedBlocks(name, own));
}

/**
 * A template that fills its parent's blocks.
 * @param {string} name
 * @param {Template} parent
 * @param {Blocks} own
 * @returns {Template}
 */
export function extend(name, parent, own) {
  return made(parent.body, { ...parent.blocks, ...namedBlocks(name, own) });
}

/**
 * @param {string} name
 * @param {(...values: any[]) => string} body
 * @returns {(...values: unknown[]) => Safe}
 */
export function macro(name, body) {
  const write = named(name, body);
  return (...values) => new Safe(write(...values));
}

/**
 * @param {Writer} body
 * @param {Blocks} blocks
 * @returns {Template}
 */
function made(body, blocks) {
  return { body, blocks, show: context => body(context, blocks) };
}

/** @param {string} name @param {Blocks} blocks */
function namedBlocks(name, blocks) {
  return Object.fromEntries(Object.entries(blocks).map(([block, write]) => [block, named(name, write)]));
}

/**
 * The same function, whose errors say which template they come from.
 * @template {unknown[]} Values
 * @param {string} name
 * @param {(...values: Values) => string} write
 */
function named(name, write) {
  return (/** @type {Values} */ ...values) => {
    try {
      return write(...values);
    } catch (error) {
      if (error instanceof RenderError) throw error;
      throw new RenderError(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  };
}

/** The value under dotted keys; mappings have keys and nothing else. @param {unknown} value @param {string[]} keys */
export function get(value, ...keys) {
  let found = value;
  for (const key of keys) {
    const next = isMapping(found) && Object.hasOwn(found, key) ? found[key] : undefined;
    if (next === undefined) throw new TypeError(`${key} is missing in ${keys.join(".")}`);
    found = next;
  }
  return found;
}

/**
 * @param {unknown} value
 * @returns {value is Context}
 */
function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Safe);
}

const ENTITIES = /** @type {Record<string, string>} */ ({
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "'": "&#39;",
  '"': "&#34;",
});

/** What the page shows of a value: escaped as MarkupSafe escapes. @param {unknown} value */
export function text(value) {
  if (value instanceof Safe) return value.html;
  return printed(value).replace(/[&<>'"]/g, sign => ENTITIES[sign]);
}

/** @param {unknown} value */
function printed(value) {
  const bare = plain(value);
  if (typeof bare === "string") return bare;
  if (Number.isSafeInteger(bare)) return String(bare);
  throw new TypeError(`a template prints text and whole numbers, not ${kind(value)}`);
}

/** @param {unknown} value */
function plain(value) {
  return value instanceof Safe ? value.html : value;
}

/** @param {unknown} value */
function kind(value) {
  return value === null ? "none" : Array.isArray(value) ? "list" : typeof value;
}

/** `~`: markup as soon as one part is. @param {unknown[]} parts */
export function concat(...parts) {
  return parts.some(part => part instanceof Safe) ? new Safe(parts.map(text).join("")) : parts.map(printed).join("");
}

/** @param {unknown} value @param {string} [separator] */
export function join(value, separator = "") {
  return list(value).map(printed).join(separator);
}

/** Items of a list, or code points of a text. @param {unknown} value */
export function length(value) {
  const bare = plain(value);
  if (typeof bare === "string") return [...bare].length;
  if (Array.isArray(bare)) return bare.length;
  throw new TypeError(`a template measures lists and text, not ${kind(value)}`);
}

/**
 * @param {unknown} value
 * @returns {unknown[]}
 */
export function list(value) {
  if (Array.isArray(value)) return value;
  throw new TypeError(`a template goes through lists, not ${kind(value)}`);
}

/** @param {unknown} row @param {number} count */
export function unpack(row, count) {
  const values = list(row);
  if (values.length === count) return values;
  throw new TypeError(`${count} values wanted in a row, ${values.length} given`);
}

/** Whether Python takes the value for true. @param {unknown} value */
export function truthy(value) {
  const bare = plain(value);
  if (Array.isArray(bare)) return bare.length > 0;
  return isMapping(bare) ? Object.keys(bare).length > 0 : Boolean(bare);
}

/** @param {unknown} value @param {() => unknown} other */
export function and(value, other) {
  return truthy(value) ? other() : value;
}

/** @param {unknown} value @param {() => unknown} other */
export function or(value, other) {
  return truthy(value) ? value : other();
}

/** `==`, where true is 1 as in Python. @param {unknown} left @param {unknown} right */
export function equal(left, right) {
  return comparable(left) === comparable(right);
}

/** Below zero when `left` comes first, text by code point. @param {unknown} left @param {unknown} right */
export function order(left, right) {
  const [one, other] = [comparable(left), comparable(right)];
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === "string" && typeof other === "string") return byCodePoint([...one], [...other]);
  throw new TypeError(`a template puts no order between ${kind(left)} and ${kind(right)}`);
}

/** @param {string[]} left @param {string[]} right */
function byCodePoint(left, right) {
  const at = left.findIndex((sign, index) => sign !== right[index]);
  if (at < 0) return left.length - right.length;
  return at < right.length ? Number(left[at].codePointAt(0)) - Number(right[at].codePointAt(0)) : 1;
}

/** `in` a list or a text. @param {unknown} value @param {unknown} container */
export function within(value, container) {
  const [sought, whole] = [comparable(value), plain(container)];
  if (typeof sought === "string" && typeof whole === "string") return whole.includes(sought);
  return list(whole).some(item => simple(item) === sought);
}

/** @param {unknown} value */
function comparable(value) {
  const bare = simple(value);
  if (typeof bare !== "object" || bare === null) return bare;
  throw new TypeError(`a template compares text and numbers, not ${kind(value)}`);
}

/** @param {unknown} value */
function simple(value) {
  const bare = plain(value);
  return typeof bare === "boolean" ? Number(bare) : bare;
}
