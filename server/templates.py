"""The pages' Jinja2 environment: one strict dialect, which server/template_compiler also turns into JavaScript."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, nodes
from jinja2.runtime import LoopContext

TEMPLATES = Path(__file__).parent.parent / "web" / "templates"
SERVERS_ALONE = "account/"  # the folder of pages that no phone answers
LARGEST_INTEGER = 2**53 - 1  # JavaScript rounds whole numbers beyond it


def render(name: str, context: dict[str, Any]) -> str:
    """The page `name` of web/templates, from plain values: text, whole numbers, booleans, none, lists and mappings."""
    return _pages().get_template(name).render(context)


@cache
def _pages() -> Environment:
    return open_templates(TEMPLATES)


def open_templates(folder: Path) -> Environment:
    """The environment of the templates in `folder`; it escapes everything and prints nothing it is unsure of."""
    environment = StrictEnvironment(
        loader=HtmlLoader(folder),
        autoescape=True,
        undefined=Missing,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = {}
    environment.tests = {}
    environment.filters = {
        "length": length,
        "join": join,
        "printable": printable,
        "listed": listed,
        "comparable": comparable,
        "searchable": searchable,
    }
    return environment


class Missing(StrictUndefined):
    """Raises where a name is read, as on the phone, and not only where its value is used."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fail_with_undefined_error()


class HtmlLoader(FileSystemLoader):
    """Knows no other name than `.html`, so that no page is ever taken for plain text."""

    def get_source(self, environment: Environment, template: str) -> Any:
        """The file's text."""
        if not template.endswith(".html"):
            raise TemplateNotFound(template, f"{template}: a template's name ends in .html")
        return super().get_source(environment, template)


class StrictEnvironment(Environment):
    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        _add_checks(source)
        return super()._generate(source, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A dotted name reads a key and never one of Python's own attributes: `section.items` is the section's items."""
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)


def _add_checks(tree: nodes.Template) -> None:
    """Have values checked where Python takes more kinds of them than the phone does."""
    for node in list(tree.find_all((nodes.Concat, nodes.For, nodes.Compare))):
        match node:
            case nodes.Concat():
                node.nodes = [_checked(part, "printable") for part in node.nodes]
            case nodes.For():
                node.iter = _checked(node.iter, "listed")
            case nodes.Compare():
                node.expr = _checked(node.expr, "comparable")
                for operand in node.ops:
                    check = "searchable" if operand.op in ("in", "notin") else "comparable"
                    operand.expr = _checked(operand.expr, check)


def _checked(node: nodes.Node, check: str) -> nodes.Filter:
    return nodes.Filter(node, check, [], [], None, None, lineno=node.lineno, environment=node.environment)


def printable(value: object) -> str | int:
    """`value` if both hosts print it alike; the error names its type only, the value may be somebody's words."""
    if isinstance(value, str):
        return value
    if type(value) is int and abs(value) <= LARGEST_INTEGER:
        return value
    raise TypeError(f"a template prints text and whole numbers, not {type(value).__name__}")


def listed(value: object) -> list[Any]:
    """`value` if it is a list."""
    if isinstance(value, list):
        return value
    raise TypeError(f"a template goes through lists, not {type(value).__name__}")


def comparable(value: object) -> object:
    """`value` if it is not a list or a mapping."""
    if isinstance(value, list | dict):
        raise TypeError(f"a template compares text and numbers, not {type(value).__name__}")
    return value


def searchable(value: object) -> list[Any] | str:
    """`value` if it is a list or a text."""
    if isinstance(value, list | str):
        return value
    raise TypeError(f"a template looks into lists and text, not {type(value).__name__}")


def length(value: object) -> int:
    """How many items a list, or code points a text, has."""
    if isinstance(value, str | list):
        return len(value)
    raise TypeError(f"a template measures lists and text, not {type(value).__name__}")


def join(values: object, separator: str = "") -> str:
    """The values of a list as one text."""
    return separator.join(str(printable(value)) for value in listed(values))
