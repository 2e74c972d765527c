/**
 * Sends fields as a form does, so that the page that answers takes the place of this one.
 * @param {string} action
 * @param {{[field: string]: string}} fields
 */
export function sendForm(action, fields) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action, hidden: true });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}
