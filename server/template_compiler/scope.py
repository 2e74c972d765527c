"""The names that a place in a template can see, and what each is called in JavaScript."""

import re
from dataclasses import dataclass, field, replace
from typing import NoReturn

from jinja2 import nodes

from server.template_compiler.refusal import CompileError
from server.template_compiler.sources import Source

PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
TAKEN_NAMES = {"loop", "self", "super", "caller", "varargs", "kwargs"}  # Jinja2 gives them a meaning of its own


@dataclass(frozen=True)
class Loop:
    rows: str
    index: str


@dataclass
class Names:
    """Which names one file sets, and which it reads from its page, with the first line of each."""

    set_at: dict[str, int] = field(default_factory=dict)
    read_at: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    source: Source
    macros: dict[str, nodes.Macro]  # every macro of the folder: one name means one macro everywhere
    file_names: Names
    names: dict[str, str] = field(default_factory=dict)  # in Jinja2 → in JavaScript
    depth: int = 0
    loop: Loop | None = None
    in_macro: bool = False
    in_block: bool = False
    in_branch: bool = False

    def fresh(self, *, in_block: bool = False) -> "Scope":
        """The scope of the file's body or of one of its blocks, which sees nothing but the page."""
        return replace(self, names={}, in_block=in_block)

    def inner(self) -> "Scope":
        """The scope of a loop's body."""
        return replace(self, names=dict(self.names), depth=self.depth + 1, in_branch=False)

    def within(self, loop: Loop) -> "Scope":
        """The same scope, where `loop` is known."""
        return replace(self, loop=loop)

    def branch(self) -> "Scope":
        """The scope of one side of an if, which sees and shares the names around it."""
        return replace(self, in_branch=True)

    def refuse(self, node: nodes.Node, found: str, advice: str) -> NoReturn:
        """Raise the refusal of `node`."""
        raise CompileError(self.source.name, node.lineno, found, advice)

    def bind(self, node: nodes.Node, name: str) -> str:
        """Give `name` to a parameter, a loop's item or a set, and answer what JavaScript calls it."""
        if name in TAKEN_NAMES or not PLAIN_NAME.fullmatch(name):
            self.refuse(node, f"the name {name}", "a name of plain letters that Jinja2 does not use itself")
        if name in self.macros:
            self.refuse(node, f"the name {name}, which is a macro", "another name")
        self.names[name] = f"{name}_{self.depth}"
        return self.names[name]

    def bind_set(self, node: nodes.Node, name: str) -> str:
        """Give `name` to a set: a name that means nothing else in its file."""
        if self.in_branch:
            self.refuse(node, f"set {name} inside an if", "{% set name = a if test else b %} outside of it")
        if name in self.names:
            self.refuse(node, f"set {name} where {name} is something already", "another name")
        if name in self.file_names.read_at:
            self.refuse(node, f"set {name}, read from the page in line {self.file_names.read_at[name]}", "another name")
        self.file_names.set_at.setdefault(name, node.lineno)
        return self.bind(node, name)

    def read(self, node: nodes.Node, name: str) -> str | None:
        """What JavaScript calls `name`, or None for a name of the page's context."""
        if name in self.names:
            return self.names[name]
        if name in TAKEN_NAMES or not PLAIN_NAME.fullmatch(name):
            self.refuse(node, f"{name} has no meaning here", "a name that the view hands over")
        if name in self.macros:
            self.refuse(node, f"the macro {name} without a call", f"{name}(…)")
        if self.in_macro:
            self.refuse(node, f"{name} is not a parameter of this macro", f"it as a parameter, and {name} in each call")
        if name in self.file_names.set_at:
            line = self.file_names.set_at[name]
            self.refuse(node, f"{name} outside of where line {line} sets it", "the set here too, or another name")
        self.file_names.read_at.setdefault(name, node.lineno)
        return None
