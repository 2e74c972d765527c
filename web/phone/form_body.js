/**
 * The body of a form. Twin: server/form_body.py.
 * @import { Pairs } from "./forms.js"
 */

const FORM_TYPE = "application/x-www-form-urlencoded";
const MOST_FIELDS = 1000;

/** A request that does not hold a form as our pages send it. */
export class Malformed extends Error {
  /** @param {number} status */
  constructor(status) {
    super("malformed");
    this.status = status;
  }
}

/**
 * A form's names and values in order.
 * @param {Request} request
 * @returns {Promise<Pairs>}
 */
export async function readPairs(request) {
  const text = await request.text();
  if (!text) return [];
  if (request.headers.get("content-type")?.split(";")[0] !== FORM_TYPE) throw new Malformed(415);
  if (text.split("&").length > MOST_FIELDS) throw new Malformed(400);
  return [...new URLSearchParams(text)];
}
