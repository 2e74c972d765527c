/** Forms that another site may have sent; server/same_origin.py refuses them. */

/**
 * Whether another site may have made the browser send a form here. The worker would pass it on as its own, so the
 * server gets it as it is, and judges. What is fetched, not navigated to, comes from our own pages alone.
 * @param {Request} request
 */
export function isStrange({ method, mode, referrer, url }) {
  return method !== "GET" && mode === "navigate" && !referrer.startsWith(`${new URL(url).origin}/`);
}

/**
 * The path, when it leads to this site; else null.
 * @param {string} next
 * @param {string} base
 */
export function samePath(next, base) {
  if (!next.startsWith("/")) return null;
  const url = new URL(next, base);
  if (url.pathname.startsWith("//")) return null; // what "/.//elsewhere" comes down to would lead there
  return url.origin === new URL(base).origin ? url.pathname + url.search + url.hash : null;
}
