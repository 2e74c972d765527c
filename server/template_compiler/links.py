"""What the templates of a folder ask of each other."""

from collections.abc import Iterable

from jinja2 import nodes

from server.template_compiler.refusal import CompileError
from server.template_compiler.sources import Source


def check_links(sources: dict[str, Source]) -> None:
    """Refuse a template that asks for what the folder has not."""
    for source in sources.values():
        for node, target in source.links:
            if target not in sources:
                found = f"{target}, which is not in the folder"
                raise CompileError(source.name, node.lineno, found, "the name of a template that is")
    _refuse_circles(sources)
    for source in sources.values():
        _check_blocks(source, sources)
        for node, target in source.links:
            if isinstance(node, nodes.FromImport):
                _check_import(source, node, sources[target])


def ancestors(source: Source, sources: dict[str, Source]) -> list[Source]:
    """The templates that this one extends, the nearest first."""
    if source.parent is None:
        return []
    parent = sources[source.parent]
    return [parent, *ancestors(parent, sources)]


def every_macro(sources: dict[str, Source]) -> dict[str, nodes.Macro]:
    """All macros of the folder by name; two with one name would hide each other in Jinja2."""
    found: dict[str, nodes.Macro] = {}
    for source in sources.values():
        for name, macro in source.macros.items():
            if name in found:
                raise CompileError(source.name, macro.lineno, f"a second macro named {name}", "another name")
            found[name] = macro
    return found


def _refuse_circles(sources: dict[str, Source]) -> None:
    settled: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        for node, target in sources[name].links:
            if target in path:
                found = f"{target}, which needs {name} itself"
                raise CompileError(name, node.lineno, found, "templates that do not go round in a circle")
            if target not in settled:
                visit(target, (*path, target))
        settled.add(name)

    for name in sources:
        visit(name, (name,))


def _check_blocks(source: Source, sources: dict[str, Source]) -> None:
    known = {name for ancestor in ancestors(source, sources) for name in ancestor.blocks}
    for node in source.tree.body:
        if source.parent is not None and isinstance(node, nodes.Block) and node.name not in known:
            found = f"block {node.name}, which no parent has"
            raise CompileError(source.name, node.lineno, found, _one_of(known))


def _check_import(source: Source, node: nodes.FromImport, target: Source) -> None:
    if node.with_context:
        raise CompileError(source.name, node.lineno, "an import with context", "the values as arguments of the macro")
    if not target.only_macros:
        found = f"an import from {target.name}, which also shows something"
        raise CompileError(source.name, node.lineno, found, "the macros in a file of their own")
    for name in node.names:
        if isinstance(name, tuple):
            raise CompileError(source.name, node.lineno, "an import under another name", f"import {name[0]}")
        if name not in target.macros:
            found = f"{name}, which is no macro of {target.name}"
            raise CompileError(source.name, node.lineno, found, _one_of(target.macros))


def _one_of(names: Iterable[str]) -> str:
    return f"one of {', '.join(sorted(names))}"
