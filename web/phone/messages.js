/**
 * What a page can ask of the worker, by the message's type.
 * @import { Worker } from "./worker.js"
 */

import { noteEnd } from "./accounts.js";
import { tellPages } from "./changes.js";
import { takeOverLanguage } from "./choices.js";
import { send } from "./host.js";
import { noteUse } from "./lock.js";

/** @type {{[type: string]: ((worker: Worker, said: any) => Promise<unknown>) | undefined}} */
export const actions = Object.assign(Object.create(null), {
  /** the person wants the new version now */
  update: (/** @type {Worker} */ worker) => worker.scope.skipWaiting(),
  /** is there a new version? A page that asked would tell the server its address, and with it what is searched for */
  look: (/** @type {Worker} */ worker) => worker.scope.registration.update().catch(() => {}), // no network: at another time
  /** the server has something new (its `newest` number, when that is known), or can be reached again */
  pull: (/** @type {Worker} */ worker, /** @type {{newest?: number}} */ { newest }) => worker.pull(newest),
  /** the server has told a page that a session of this browser is over; whether there is a new one, it knows */
  ended: async (/** @type {Worker} */ { scope }) => {
    if (await noteEnd(send)) await tellPages(scope, { type: "changed", records: 0 });
  },
  /** somebody uses a page */
  used: () => noteUse(),
  /** a page of the server's says that somebody is signed in, and which language it is in */
  session: (/** @type {Worker} */ worker, /** @type {{language: string}} */ { language }) =>
    Promise.all([takeOverLanguage(language, worker.shell), worker.findSession()]),
});
