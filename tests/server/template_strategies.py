"""Hostile contexts, and small templates that use the whole dialect."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

HOSTILE = [
    "<script>alert('1')</script>",
    "\"'&<>&amp;&#39;",
    "{{ note }}{% if %}",
    "👩‍👩‍👧 \U0001f9e0",
    "مرحبا \u202eabc\u202c",
    "a\x00b",
    "\r\n\u2028\u2029",
    "\ufffd\U00010000",
    "ﬁ",
    " ",
    "__proto__",
]

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.just(""))
numbers = st.one_of(st.integers(-2, 60), st.sampled_from([0, 1000, 2**53 - 1, 1 - 2**53]))


def lists(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Mostly short lists, now and then a long one."""
    long = st.lists(values, min_size=1, max_size=4).map(lambda few: few * 40)
    return st.one_of(st.lists(values, max_size=3), st.lists(values, max_size=3), long)


things = st.fixed_dictionaries({"title": texts, "items": st.lists(texts, max_size=3), "count": numbers})
pairs = st.tuples(texts, numbers).map(list)

# the names that generated templates know, and what stands under them
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "number": numbers,
    "flag": st.sampled_from([True, False, None]),
    "texts": lists(texts),
    "pairs": lists(pairs),
    "things": lists(things),
    "thing": things,
}
contexts = st.fixed_dictionaries(KINDS)

Draw = Callable[[st.SearchStrategy[Any]], Any]
Known = dict[str, str]  # a name in sight, and its kind
LITERALS = ["<p>", " &amp; ", "\n", "\n  ", "é“🙂”", '\\"\\', "\u2028", "-"]
CONSTANTS = ["''", "'<b>'", '"it\'s"', "'é🙂'", "' & '"]
ROWS = {"texts": "text", "things": "thing"}


class Writer:
    """Writes one template; what it knows of kinds only makes most pages succeed, no test relies on it."""

    def __init__(self, draw: Draw, macros: list[str], part: str | None) -> None:
        self.draw = draw
        self.macros = macros
        self.part = part
        self.sets = 0

    def one(self, choices: list[str]) -> str:
        return str(self.draw(st.sampled_from(choices)))

    def body(self, known: Known, depth: int, *, may_set: bool = True) -> str:
        known = dict(known)
        return "".join(self.statement(known, depth, may_set) for _ in range(self.draw(st.integers(1, 4))))

    def statement(self, known: Known, depth: int, may_set: bool) -> str:
        simple = ["literal", "output", "output", *(["set"] if may_set else []), *(["include"] if self.part else [])]
        match self.one(simple if depth == 0 else [*simple, "if", "for", "for"]):
            case "output":
                return f"{{{{{self.one(['', '-'])} {self.printed(known, 2)} }}}}"
            case "set":
                self.sets += 1
                kind = self.one(["text", "number"])
                code = f"{{% set s{self.sets} = {self.expression(kind, known, 1)} %}}"
                known[f"s{self.sets}"] = kind
                return code
            case "include":
                return f'{{% include "{self.part}" %}}'
            case "if":
                return self.choice(known, depth - 1)
            case "for":
                return self.loop(known, depth - 1)
        return self.one(LITERALS)

    def choice(self, known: Known, depth: int) -> str:
        test, other = self.test(known, 2), self.test(known, 1)
        sides = [self.body(known, depth, may_set=False) for _ in range(3)]
        return f"{{% if {test} %}}{sides[0]}{{% elif {other} %}}{sides[1]}{{% else %}}{sides[2]}{{% endif %}}"

    def loop(self, known: Known, depth: int) -> str:
        kind = self.one([kind for kind in ("texts", "things", "pairs") if kind in known.values()])
        rows = self.expression(kind, known, 0)
        if kind == "pairs":
            names, inner = "text, number", {"text": "text", "number": "number"}
        else:
            names = self.one(["row", "text", "texts", "thing"])  # most of them hide a name of the page
            inner = {names: ROWS[kind]}
        body = self.body({**known, **inner, "loop": "loop"}, depth)
        return f"{{% for {names} in {rows} %}}{body}{{% else %}}{self.body(known, 0)}{{% endfor %}}\n"

    def printed(self, known: Known, depth: int) -> str:
        return self.expression(self.one(["text", "text", "number"]), known, depth)

    def test(self, known: Known, depth: int) -> str:
        match self.one(["value", "not", "and", "or", "equal", "order", "in", "loop"] if depth else ["value"]):
            case "not":
                return f"not {self.test(known, 0)}"
            case "and" | "or":
                word = self.one(["and", "or"])
                return f"({self.test(known, depth - 1)} {word} {self.test(known, depth - 1)})"
            case "equal":
                kind = self.one(["text", "number", "flag"])
                sides = self.expression(kind, known, 1), self.expression(self.one([kind, "text"]), known, 0)
                return f"{sides[0]} {self.one(['==', '!='])} {sides[1]}"
            case "order":
                kind = self.one(["text", "number"])
                sign = self.one(["<", "<=", ">", ">="])
                return f"{self.expression(kind, known, 1)} {sign} {self.expression(kind, known, 0)}"
            case "in":
                word, container = self.one(["in", "not in"]), self.one(["texts", "text"])
                return f"{self.expression('text', known, 0)} {word} {self.expression(container, known, 0)}"
            case "loop" if "loop" in known:
                return self.one(["loop.first", "loop.last"])
        return self.expression(self.one(list(KINDS)), known, 0)

    def expression(self, kind: str, known: Known, depth: int) -> str:
        names = [name for name, of in known.items() if of == kind]
        if kind == "text":
            names += [f"{name}.title" for name, of in known.items() if of == "thing"] + CONSTANTS
        elif kind == "number":
            names += [f"{name}.count" for name, of in known.items() if of == "thing"] + ["0", "7"]
            names += ["loop.index", "loop.index0", "loop.length"] if "loop" in known else []
        elif kind == "texts":
            names += [f"{name}.items" for name, of in known.items() if of == "thing"]
        if depth == 0 or kind not in ("text", "number"):
            return self.one(names or ["''"])
        return self.compound(kind, known, depth - 1, self.one(names))

    def compound(self, kind: str, known: Known, depth: int, plain: str) -> str:
        other = self.expression(kind, known, depth)
        shapes = [plain, f"({plain} if {self.test(known, depth)} else {other})", f"({plain} or {other})"]
        shapes.append(f"({plain} and {other})")
        if kind == "number":
            return self.one([*shapes, f"({self.expression(self.one(['text', 'texts']), known, 0)}|length)"])
        shapes += [f"({plain} ~ {other} ~ {self.expression('number', known, 0)})"]
        shapes += [f"({self.expression('texts', known, 0)}|join({self.one(CONSTANTS)}))"]
        shapes += [f"{macro}({plain}, c={self.expression('texts', known, 0)})" for macro in self.macros]
        return self.one(shapes)


@st.composite
def template_folders(draw: Draw) -> dict[str, str]:
    """A page with a parent, macros and a part that it includes; every file is made up."""
    page_names = {name: name for name in KINDS}
    imports = '{% from "marks.html" import m1, m2 %}\n'
    parameters = {"a": "text", "b": "number", "c": "texts"}
    m1, m2 = Writer(draw, [], None).body(parameters, 1), Writer(draw, ["m1"], None).body(parameters, 1)
    part = Writer(draw, ["m1"], None)
    layout = Writer(draw, ["m1", "m2"], "part.html")
    page = Writer(draw, ["m1", "m2"], "part.html")
    top, between = layout.body(page_names, 1, may_set=False), layout.body(page_names, 1)
    return {
        "marks.html": f"{{% macro m1(a, b=3, c=0) %}}{m1}{{% endmacro %}}{{% macro m2(a, b=0, c='') %}}{m2}{{% endmacro %}}",
        "part.html": imports + part.body(page_names, 1),
        "layout.html": f"{imports}<main>{top}{{% block one %}}{between}{{% block two %}}{{% endblock %}}{{% endblock %}}",
        "page.html": f'{{% extends "layout.html" %}}\n{imports}{{% block two %}}{page.body(page_names, 2)}{{% endblock %}}',
    }
