"""Turns the templates into one ES module for the phone, by way of Jinja2's own syntax tree."""

import json
from pathlib import Path

from server.template_compiler.links import ancestors, check_links, every_macro
from server.template_compiler.sources import read_sources
from server.template_compiler.statements import macro_code, template_code

RUNTIME = "and, concat, equal, extend, get, join, length, list, macro, or, order, show, template, text, truthy, unpack, within"


def compile_templates(folder: Path, runtime: str) -> str:
    """The module for the templates in `folder`, which imports web/phone/render.js from the address `runtime`.

    Raises CompileError for what is outside of the dialect. The same folder gives the same text.
    """
    sources = read_sources(folder)
    check_links(sources)
    macros = every_macro(sources)
    parents_first = sorted(sources.values(), key=lambda source: len(ancestors(source, sources)))
    lines = [f"import {{ {RUNTIME} }} from {json.dumps(runtime)}", "export const templates = {}"]
    for source in parents_first:
        lines += [macro_code(macro, source, macros) for macro in source.macros.values()]
        lines.append(template_code(source, macros))
    lines.append("export const render = (name, context) => show(templates, name, context)")
    return "\n".join(lines) + "\n"
