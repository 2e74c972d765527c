"""The templates of a folder, each read and checked for itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from server.template_compiler.refusal import CompileError
from server.templates import SERVERS_ALONE, open_templates

KNOWN_TAGS = "one of block, extends, for, from, if, include, macro, set, and close what needs closing"

Link = nodes.Extends | nodes.Include | nodes.FromImport


@dataclass(frozen=True)
class Source:
    name: str
    tree: nodes.Template
    blocks: dict[str, nodes.Block]
    macros: dict[str, nodes.Macro]
    links: list[tuple[Link, str]]

    @property
    def parent(self) -> str | None:
        """The template that this one extends."""
        return next((target for node, target in self.links if isinstance(node, nodes.Extends)), None)

    @property
    def imported(self) -> set[str]:
        """The macros of other files that this one may call."""
        return {str(name) for node, _ in self.links if isinstance(node, nodes.FromImport) for name in node.names}

    @property
    def only_macros(self) -> bool:
        """Whether the file shows nothing itself."""
        return all(isinstance(node, nodes.Macro | nodes.FromImport) or _is_blank(node) for node in self.tree.body)


def read_sources(folder: Path) -> dict[str, Source]:
    """Every template of the folder by its name, but for those that the phone never shows."""
    environment = open_templates(folder)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    files = [name for name in files if not name.startswith(SERVERS_ALONE)]
    return {name: _read(environment, name, (folder / name).read_text(encoding="utf-8")) for name in files}


def _read(environment: Environment, name: str, text: str) -> Source:
    if not name.endswith(".html"):
        raise CompileError(name, 1, "a template that is not named .html", "a name in .html, so that it is escaped")
    try:
        tree = environment.parse(text, name)
    except TemplateSyntaxError as error:
        raise CompileError(name, error.lineno, (error.message or "a syntax error").rstrip("."), KNOWN_TAGS) from error
    macros = {node.name: node for node in tree.body if isinstance(node, nodes.Macro)}
    source = Source(name, tree, _blocks(name, tree), macros, list(_links(name, tree)))
    _check_order(source)
    return source


def _blocks(name: str, tree: nodes.Template) -> dict[str, nodes.Block]:
    found: dict[str, nodes.Block] = {}
    for block in tree.find_all(nodes.Block):
        if block.name in found:
            raise CompileError(name, block.lineno, f"block {block.name} twice", "another name")
        found[block.name] = block
    return found


def _links(name: str, tree: nodes.Template) -> Iterator[tuple[Link, str]]:
    for node in tree.find_all(nodes.Stmt):
        if isinstance(node, Link):
            target = node.template
            if not isinstance(target, nodes.Const) or not isinstance(target.value, str):
                found = "a template's name worked out at run time"
                raise CompileError(name, node.lineno, found, 'the name itself: "file.html"')
            yield node, target.value


def _check_order(source: Source) -> None:
    """Extends first, then imports and macros, then what is shown: the one order without surprises in Jinja2."""
    for link, _ in source.links:
        if isinstance(link, nodes.Extends) and link is not source.tree.body[0]:
            raise CompileError(source.name, link.lineno, "extends after something else", "it at the very top, once")
    shown = False
    for node in source.tree.body:
        if isinstance(node, nodes.FromImport | nodes.Macro):
            if shown:
                found = "an import or a macro after output"
                raise CompileError(source.name, node.lineno, found, "it at the top of the file")
        elif not isinstance(node, nodes.Extends) and not _is_blank(node):
            shown = True
            if source.parent is not None and not isinstance(node, nodes.Block):
                found = "something outside of the blocks, which a child never shows"
                raise CompileError(source.name, _first_line(node), found, "it inside a block")


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes
    )


def _first_line(node: nodes.Node) -> int:
    """Where the node can first be seen: an output's own line is that of the spaces before it."""
    if isinstance(node, nodes.Output) and isinstance(node.nodes[0], nodes.TemplateData):
        data = node.nodes[0].data
        return node.lineno + data[: len(data) - len(data.lstrip())].count("\n")
    return node.lineno
