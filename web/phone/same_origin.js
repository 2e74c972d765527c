/** Forms that another site may have sent; server/same_origin.py refuses them. */

/**
 * Whether another site may have made the browser send a form here. The worker would pass it on as its own, so the
 * server gets it as it is, and judges. What is fetched, not navigated to, comes from our own pages alone.
 * @param {Request} request
 */
export function isStrange({ method, mode, referrer, url }) {
  return method !== "GET" && mode === "navigate" && !referrer.startsWith(`${new URL(url).origin}/`);
}
