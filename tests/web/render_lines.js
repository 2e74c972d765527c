/** Renders compiled templates for tests/server/phone_renderer.py: one JSON request a line in, one JSON answer a line out. */
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { module, name, context } = JSON.parse(line);
  const { render } = await import(module);
  process.stdout.write(`${JSON.stringify(answer(render, name, context))}\n`);
}

/**
 * @param {(name: string, context: object) => string} render
 * @param {string} name
 * @param {object} context
 */
function answer(render, name, context) {
  try {
    return { html: render(name, context) };
  } catch (error) {
    return { error: String(error) };
  }
}
