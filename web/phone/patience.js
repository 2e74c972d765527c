/** How long a person waits for the server before their page comes all the same. */

export const PATIENCE_MS = 5000;

/** @param {Promise<unknown>} work goes on when the time is over */
export async function atMost(work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const over = new Promise(resolve => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
