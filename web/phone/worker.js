/**
 * The service worker: a short list of rules says who answers what. A person's own pages come from this device.
 * @import { Frame, Host } from "./host.js"
 * @import { Manifest } from "./shell.js"
 */

import { findSession, knowsSession, parameters, settleSignOut, signedIn, signIn, signOut } from "./accounts.js";
import { answer, helpPage, neutralPage, problemPage } from "./answer.js";
import { Arrivals } from "./arrivals.js";
import { tellPages } from "./changes.js";
import { chooseCountry, languageOf } from "./choices.js";
import { deleteAccount } from "./deletion.js";
import { Exchange } from "./exchange.js";
import { failedPage, unkept } from "./failures.js";
import { hide } from "./hiding.js";
import { brokenHost, hostOf, see, send } from "./host.js";
import { askFirst, join, whose } from "./joining.js";
import { lockAtOnce } from "./lock.js";
import { settleLock } from "./lock_told.js";
import { actions } from "./messages.js";
import { isStrange } from "./same_origin.js";
import { inReplica } from "./session.js";
import { dropOtherVersions, precache, read, shellOf } from "./shell.js";
import { visit } from "./visits.js";

/** @typedef {(event: FetchEvent) => Promise<Response>} Rule */

/**
 * Starts the worker of one version of the shell.
 * @param {ServiceWorkerGlobalScope} scope
 * @param {Manifest} manifest
 */
export function listen(scope, manifest) {
  const worker = new Worker(scope, manifest);
  scope.addEventListener("install", event => event.waitUntil(precache(manifest)));
  scope.addEventListener("activate", event => event.waitUntil(worker.activate()));
  scope.addEventListener("fetch", event => worker.fetch(event));
  scope.addEventListener("message", event => {
    const action = actions[event.data?.type];
    if (action) event.waitUntil(action(worker, event.data));
  });
}

/** What the events of one version share. */
export class Worker {
  /**
   * @param {ServiceWorkerGlobalScope} scope
   * @param {Manifest} manifest
   */
  constructor(scope, manifest) {
    this.scope = scope;
    this.manifest = manifest;
    this.shell = shellOf(manifest);
    this.arrivals = new Arrivals(scope, this.shell);
    const arriving = this.arrivals.tell.bind(this.arrivals);
    this.exchange = new Exchange({ kinds: this.shell.kinds, send, now: Date.now, arriving });
    /** @type {Promise<void> | null} */
    this.finding = null;
    /** @type {{method: string, path: RegExp, answer: Rule | null}[]} null: the browser asks the server itself */
    this.rules = [
      { method: "GET", path: /^\/((shell|icons)\/|favicon\.ico$)/, answer: this.file },
      { method: "GET", path: /^\/manifest\.webmanifest$/, answer: this.appManifest },
      { method: "GET", path: /^\/(worker\.js|keys\/.*|session|health|sync\/changes)$/, answer: null },
      { method: "POST", path: /^\/sync$/, answer: null },
      { method: "POST", path: /^\/(sign-in|accounts)$/, answer: this.among(signIn) },
      { method: "POST", path: /^\/sign-in\/parameters$/, answer: this.among(parameters) },
      { method: "GET", path: /^\/signed-in$/, answer: this.among(signedIn) },
      { method: "POST", path: /^\/you\/delete$/, answer: this.among(deleteAccount) },
      { method: "POST", path: /^\/sign-out$/, answer: this.signOut },
      { method: "GET", path: /^\/you\/join$/, answer: this.among(join) },
      { method: "POST", path: /^\/you\/join$/, answer: this.among(join) },
      { method: "GET", path: /^\/support$/, answer: this.help },
      { method: "POST", path: /^\/support\/country$/, answer: this.help },
      { method: "GET", path: /^\/measures$/, answer: this.hide },
      { method: "GET", path: /^\//, answer: this.page },
      { method: "POST", path: /^\//, answer: this.save },
    ];
  }

  /** Takes the open pages over. Pages wait meanwhile, so nothing here waits for the network. */
  async activate() {
    const { installing, waiting } = this.scope.registration;
    if (!installing && !waiting) await dropOtherVersions(this.manifest.version); // else the next one's cache is among them
    await this.scope.clients.claim();
  }

  /** @param {FetchEvent} event */
  fetch(event) {
    const { method, url } = event.request;
    const { origin, pathname } = new URL(url);
    if (origin !== this.scope.location.origin || isStrange(event.request)) return;
    const rule = this.rules.find(each => each.method === method && each.path.test(pathname));
    if (rule?.answer)
      event.respondWith(rule.answer.call(this, event).catch(error => failedPage(event.request, this.shell, error)));
  }

  /** @type {Rule} */
  file({ request }) {
    return read(this.manifest, request);
  }

  /** @type {Rule} what a browser installs the app by */
  async appManifest() {
    return read(this.manifest, `${this.shell.prefix}/manifest.${await languageOf(this.shell)}.webmanifest`);
  }

  /** @type {Rule} */
  async page(event) {
    const [host, known] = await Promise.all([hostOf(this.shell), knowsSession()]);
    if (!known) event.waitUntil(this.findSession());
    const isVisit = event.request.mode === "navigate";
    const led = isVisit && ((await visit(event.request, host, this.scope)) ?? (await askFirst(event.request, host)));
    return led || ((await answer(event.request, host)) ?? this.network(event.request, host));
  }

  /** @type {Rule} also where nothing that is kept can be read */
  help({ request }) {
    const give = request.method === "GET" ? helpPage : chooseCountry;
    const given = hostOf(this.shell).then(host => give(request.clone(), host));
    return given.catch(() => give(request, brokenHost(this.shell)));
  }

  /** @type {Rule} */
  async hide(event) {
    await Promise.all([hide(), lockAtOnce()]).catch(() => {}); // a browser that keeps nothing hides this page all the same
    const host = await hostOf(this.shell).catch(() => brokenHost(this.shell));
    return neutralPage(event.request, host);
  }

  /** @type {Rule} */
  save(event) {
    return this.keep(event).catch(error => unkept(event.request, this.shell, error));
  }

  /** @type {Rule} */
  async keep(event) {
    let { host, answered } = await this.write(event.request);
    if (answered?.status === 409 && host.replica.account === null) {
      await this.telling(() => findSession(send)); // the server's page that this comes from may have known sooner who signed in
      ({ host, answered } = await this.write(event.request));
    }
    if (!answered) return this.network(event.request, host);
    if (answered.status < 400) event.waitUntil(this.saved(event.request));
    return answered;
  }

  /**
   * A form and what it changes, with the same replica as the current one from beginning to end.
   * @param {Request} request
   */
  write(request) {
    return inReplica(async () => {
      const host = await hostOf(this.shell);
      return { host, answered: await answer(request.clone(), host) };
    });
  }

  /** @type {(work: (request: Request, host: Host, exchange: Exchange) => Promise<Response>) => Rule} */
  among(work) {
    return ({ request }) => this.telling(async () => work(request, await hostOf(this.shell), this.exchange));
  }

  /**
   * Does work that may make another replica the current one or leave a question open, and tells open pages when it did.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async telling(work) {
    const before = await whose();
    const done = await work();
    const now = await whose();
    const isGone = before.account !== null && now.account === null;
    if (now.pages !== before.pages || isGone) await tellPages(this.scope, { type: "switched" });
    return done;
  }

  /** @type {Rule} */
  async signOut(event) {
    const tell = () => tellPages(this.scope, { type: "signed_out" });
    return signOut(event.request, await hostOf(this.shell), this.exchange, tell);
  }

  /**
   * @param {Request} request
   * @param {Frame} host
   */
  async network(request, host) {
    try {
      return await fetch(request);
    } catch {
      const isDone = new URL(request.url).pathname === "/signed-out"; // the server's page only adds to it
      return isDone ? see(host, "/") : problemPage(request, host, 503, "unreachable");
    }
  }

  /** After a save: other pages hear of it, and the server when it can be reached. @param {Request} request */
  async saved({ url }) {
    await tellPages(this.scope, { type: url.endsWith("/you/language") ? "switched" : "saved" });
    await this.pull();
  }

  /**
   * Exchanges with the server, and tells open pages what that changed.
   * @param {number} [newest] the journal's newest number, when the server just told it
   */
  async pull(newest) {
    if (newest) this.arrivals.newest = newest;
    await Promise.all([settleSignOut(send), settleLock(send)]);
    await ((await knowsSession()) ? this.run() : this.findSession());
  }

  async run() {
    const { state, received, sent } = await this.exchange.run();
    if (received || sent || state === "signed_out") await tellPages(this.scope, { type: "changed", records: received });
    if (state === "done") await tellPages(this.scope, { type: "synced" });
  }

  /** Finds out who is signed in, and brings their journal here. */
  findSession() {
    const found = async () => {
      await findSession(send);
      await this.run(); // pages are told of another journal once it is here
    };
    this.finding ??= this.telling(found).finally(() => {
      this.finding = null;
    });
    return this.finding;
  }
}
