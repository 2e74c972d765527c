/**
 * Signing out on a page of the server's, where no worker sees to it: forms that an account has begun in this browser are
 * asked about here too, and go when that is chosen.
 */

import { replicaDatabase, storageProblem } from "../phone/database.js";
import { journalOf } from "../phone/draft_path.js";
import { nobodysReplica } from "../phone/replica.js";
import { isNobodys } from "../phone/writer.js";
import { close } from "./live.js";

export function seeToDrafts() {
  document.addEventListener("submit", event => {
    const form = event.target;
    if (navigator.serviceWorker?.controller || !(form instanceof HTMLFormElement)) return;
    if (new URL(form.action).pathname !== "/sign-out") return;
    event.preventDefault();
    close(); // else the end of the session would have this page load anew, in the place of the answer
    settle(form).finally(() => form.submit());
  });
}

/** @param {HTMLFormElement} form what it says of words that are only here: "discard", "keep" or nothing yet */
async function settle(form) {
  const choice = new FormData(form).get("unsent");
  if (choice === "keep") return;
  try {
    const begun = await ofAccounts(choice === "discard");
    const said = Object.assign(document.createElement("input"), { type: "hidden", name: "drafts", value: begun });
    if (!choice) form.append(said);
  } catch (error) {
    if (!storageProblem(error)) console.warn("drafts are not looked at", error);
  }
}

/**
 * How many half-typed forms here belong to an account.
 * @param {boolean} remove
 */
async function ofAccounts(remove) {
  const own = await nobodysReplica();
  if (!own) return 0;
  return replicaDatabase(own.device).write(["drafts"], async tx => {
    const drafts = tx.objectStore("drafts");
    const theirs = (await drafts.getAll()).filter(draft => journalOf(draft) && !isNobodys(journalOf(draft)));
    if (remove) await Promise.all(theirs.map(({ path }) => drafts.delete(path)));
    return theirs.length;
  });
}
