"""What the dialect leaves out is refused with the file, the line and what to write instead."""

from pathlib import Path

import pytest

from server.template_compiler import compile_templates
from server.template_compiler.refusal import CompileError

FIXTURES = Path(__file__).parent.parent / "vectors" / "templates"
MACROS = "{% macro card(item, open=false) %}{{ item }}{% endmacro %}"
LAYOUT = "<main>{% block content %}{% endblock %}</main>"
CHILD = '{% extends "layout.html" %}\n'

# the text of page.html, its refused line, a word of what was found, a word of what to write instead
REFUSALS = {
    "safe": ("\n{{ note|safe }}", 2, "the filter safe", "macro"),
    "an unknown filter": ("{{ note|upper }}", 1, "the filter upper", "in the view"),
    "a filter's arguments": ("{{ notes|join(separator) }}", 1, "arguments of join", "list|join(', ')"),
    "a filter's named arguments": ("{{ notes|join(attribute='title') }}", 1, "use of join", "value|join"),
    "length with arguments": ("{{ notes|length('a') }}", 1, "arguments of length", "list|length"),
    "autoescape": ("a\n{% autoescape false %}{{ note }}{% endautoescape %}", 2, "autoescape", "everything is escaped"),
    "a set block": ("{% set note %}a{% endset %}", 1, "a set block", "{% set name = value %}"),
    "a call block": ("{% call card(1) %}a{% endcall %}", 1, "a call block", "argument of the macro"),
    "a filter block": ("{% filter upper %}a{% endfilter %}", 1, "a filter block", "the filter on each value"),
    "with": ("{% with a = 1 %}{{ a }}{% endwith %}", 1, "a with block", "{% set name = value %}"),
    "import as": ('{% import "cards.html" as cards %}', 1, "an import of a whole file", '{% from "file.html"'),
    "an attribute set": ("{% set page.title = 1 %}", 1, "assignment to an attribute", "in the view"),
    "several names set": ("{% set a, b = pair %}", 1, "set of several names", "one set for each"),
    "is": ("{% if note is defined %}a{% endif %}", 1, "a test with `is`", "a flag in the view"),
    "brackets": ("{{ notes[0] }}", 1, "a value in [ ]", "a dotted name"),
    "a slice": ("{{ notes[:2] }}", 1, "a value in [ ]", "a dotted name"),
    "a list": ("{% for a in [1, 2] %}{% endfor %}", 1, "a list", "in the view"),
    "a tuple": ("{% if a in ('b', 'c') %}{% endif %}", 1, "a tuple", "in the view"),
    "a mapping": ("{{ {'a': 1} }}", 1, "a mapping", "in the view"),
    "a sum": ("\n\n{{ 1 + count }}", 3, "arithmetic", "the finished number in the view, or ~"),
    "a negative": ("{{ -count }}", 1, "arithmetic", "the finished number"),
    "a fraction": ("{{ 1.5 }}", 1, "a number with a fraction", "finished text"),
    "a great number": ("{{ 9007199254740992 }}", 1, "a number that JavaScript rounds", "finished text"),
    "a bare true": ("{{ true }}", 1, "a bare true", "the text itself"),
    "a bare none": ("{{ none }}", 1, "a bare none", "the text itself"),
    "a shown comparison": ("{{ a == b }}", 1, "a true or false in the page", "'text' if test"),
    "a shown not": ("{{ not a }}", 1, "a true or false in the page", "'text' if test"),
    "a chain of comparisons": ("{% if 1 < a < 3 %}{% endif %}", 1, "a chain", "a < b and b < c"),
    "if without else": ("{{ 'a' if b }}", 1, "an inline if without else", "else ''"),
    "a mapping's method": ("{% for a, b in page.items() %}{% endfor %}", 1, "a call of .items()", "a list of pairs"),
    "an unknown call": ("{{ range(3) }}", 1, "range(), which is no macro", '{% from "file.html" import range %}'),
    "a call of a call": ("{{ (a or b)(3) }}", 1, "a call of something", "in the view"),
    "a macro that is not imported": ("{{ card(1) }}", 1, "card(), which is no macro of this", "import card"),
    "a macro without a call": ("{{ card }}", 1, "the macro card without a call", "card(…)"),
    "a macro's name for a loop": (
        "{% for card in cards %}{% endfor %}",
        1,
        "name card, which is a macro",
        "another name",
    ),
    "super": (CHILD + "{% block content %}{{ super() }}{% endblock %}", 2, "super()", "a block of its own"),
    "self": (LAYOUT + "{{ self.content() }}", 1, "a call of .content()", "mappings have no methods"),
    "a scoped block": ("{% block a scoped %}{% endblock %}", 1, "scoped or required block a", "{% block a %}"),
    "a required block": ("{% block a required %}{% endblock %}", 1, "scoped or required block a", "{% block a %}"),
    "a block in a for": (
        "{% for a in b %}{% block c %}{% endblock %}{% endfor %}",
        1,
        "block c inside",
        "around the whole",
    ),
    "a block twice": (
        CHILD + "{% block content %}{% endblock %}\n{% block content %}{% endblock %}",
        3,
        "twice",
        "another",
    ),
    "a block no parent has": (
        CHILD + "{% block contnt %}{% endblock %}",
        2,
        "block contnt, which no parent has",
        "content",
    ),
    "extends after text": ('a\n{% extends "layout.html" %}', 2, "extends after something else", "at the very top"),
    "extends in an if": (
        '{% if a %}\n{% extends "layout.html" %}{% endif %}',
        2,
        "extends after something else",
        "at the very top",
    ),
    "a dynamic parent": ("{% extends parent %}", 1, "name worked out at run time", 'the name itself: "file.html"'),
    "a dynamic include": ('{% include part ~ ".html" %}', 1, "name worked out at run time", "the name itself"),
    "a missing include": (
        '{% include "gone.html" %}',
        1,
        "gone.html, which is not in the folder",
        "a template that is",
    ),
    "a conditional include": ('{% include "cards.html" ignore missing %}', 1, "include with conditions", "{% include"),
    "an include without context": ('{% include "cards.html" without context %}', 1, "with conditions", "{% include"),
    "an include of itself": ('\n{% include "page.html" %}', 2, "page.html, which needs page.html itself", "circle"),
    "an import with context": ('{% from "cards.html" import card with context %}', 1, "with context", "arguments"),
    "an import as": ('{% from "cards.html" import card as map %}', 1, "under another name", "import card"),
    "an import of no macro": (
        '{% from "cards.html" import cart %}',
        1,
        "cart, which is no macro of cards.html",
        "card",
    ),
    "an import from a page": (
        '{% from "layout.html" import a %}',
        1,
        "layout.html, which also shows",
        "file of their own",
    ),
    "an import after output": ('a\n{% from "cards.html" import card %}', 2, "import or a macro after", "at the top"),
    "text outside of a block": (CHILD + "\n\nlost", 4, "outside of the blocks", "inside a block"),
    "a set outside of a block": (CHILD + "{% set a = 1 %}", 2, "outside of the blocks", "inside a block"),
    "a set beside blocks": ("{% set a = 1 %}" + LAYOUT, 1, "set outside of the blocks", "inside the block"),
    "a set in an if": ("{% if a %}{% set b = 1 %}{% endif %}", 1, "set b inside an if", "a if test else b"),
    "a set again": ("{% set a = 1 %}\n{% set a = 2 %}", 2, "set a where a is something already", "another name"),
    "a set of the loop's name": ("{% for a in b %}{% set a = 1 %}{% endfor %}", 1, "set a where a is", "another name"),
    "a set of a name of the page": ("{{ a }}\n{% set a = 2 %}", 2, "set a, read from the page in line 1", "another"),
    "a read after the set's loop": (
        "{% for a in b %}{% set c = 1 %}{% endfor %}\n{{ c }}",
        2,
        "line 1 sets it",
        "the set here",
    ),
    "loop outside of a for": ("{{ loop.index }}", 1, "loop.index outside of a for", "in the for of this file"),
    "loop alone": ("{% for a in b %}{{ loop }}{% endfor %}", 1, "loop has no meaning here", "the view"),
    "another fact of loop": ("{% for a in b %}{{ loop.cycle }}{% endfor %}", 1, "loop's cycle", "index, index0"),
    "a for with if": ("{% for a in b if a %}{% endfor %}", 1, "a for with if", "in the view"),
    "a recursive for": ("{% for a in b recursive %}{% endfor %}", 1, "a for with if or recursive", "in the view"),
    "nested names after for": ("{% for a, (b, c) in d %}{% endfor %}", 1, "names inside of names", "a flat list"),
    "a name twice after for": ("{% for a, a in b %}{% endfor %}", 1, "a twice after for", "another name"),
    "a strange name": ("{% for __proto__ in b %}{% endfor %}", 1, "the name __proto__", "plain letters"),
    "caller": ("{{ caller }}", 1, "caller has no meaning here", "the view"),
    "a free name in a macro": ("{% macro m(a) %}{{ b }}{% endmacro %}", 1, "b is not a parameter", "b in each call"),
    "an include in a macro": (
        '{% macro m() %}{% include "layout.html" %}{% endmacro %}',
        1,
        "an include in",
        "another macro",
    ),
    "a default worked out": ("{% macro m(a, b=a) %}{% endmacro %}", 1, "a default of b", "text or a number"),
    "a parameter twice": ("{% macro m(a, a) %}{% endmacro %}", 1, "a twice", "another name"),
    "a second macro": ("\n" + MACROS, 2, "a second macro named card", "another name"),
    "a macro in a for": (
        "{% for a in b %}{% macro m() %}{% endmacro %}{% endfor %}",
        1,
        "a macro inside",
        "top of the file",
    ),
    "an unknown tag": ("a\n{% do a %}", 2, "Encountered unknown tag 'do'", "one of block"),
    "an unclosed tag": ("{% if a %}", 1, "Unexpected end of template", "close what needs closing"),
}

CALLS = {
    "too few arguments": ("card()", "card without item", "card(item, open)"),
    "too many arguments": ("card(1, 2, 3)", "3 arguments for card", "card(item, open)"),
    "an unknown argument": ("card(1, opened=2)", "the argument opened for card", "card(item, open)"),
    "an argument twice": ("card(1, item=2)", "the argument item for card", "card(item, open)"),
    "arguments out of a list": ("card(*notes)", "arguments out of a list", "each argument by itself"),
}


@pytest.mark.parametrize(("page", "line", "found", "advice"), REFUSALS.values(), ids=REFUSALS)
def test_refuses(tmp_path: Path, page: str, line: int, found: str, advice: str) -> None:
    refusal = refuse(tmp_path, {"cards.html": MACROS, "layout.html": LAYOUT, "page.html": page})

    assert (refusal.template, refusal.line) == ("page.html", line)
    assert found in refusal.found
    assert advice in refusal.advice


@pytest.mark.parametrize(("call", "found", "advice"), CALLS.values(), ids=CALLS)
def test_refuses_a_call_with(tmp_path: Path, call: str, found: str, advice: str) -> None:
    page = '{% from "cards.html" import card %}\n{{ ' + call + " }}"
    refusal = refuse(tmp_path, {"cards.html": MACROS, "page.html": page})

    assert str(refusal) == f"page.html:2: {refusal.found}; write {refusal.advice}"
    assert found in refusal.found
    assert advice in refusal.advice


def test_refuses_a_template_that_would_not_be_escaped(tmp_path: Path) -> None:
    refusal = refuse(tmp_path, {"mail.txt": "{{ note }}"})

    assert (
        str(refusal) == "mail.txt:1: a template that is not named .html; write a name in .html, so that it is escaped"
    )


def test_the_same_folder_gives_the_same_module() -> None:
    assert compile_templates(FIXTURES, "./a.js") == compile_templates(FIXTURES, "./a.js")


def test_the_module_imports_the_runtime_from_where_it_is_told() -> None:
    assert 'from "/shell/7/phone/render.js"' in compile_templates(FIXTURES, "/shell/7/phone/render.js")


def refuse(folder: Path, templates: dict[str, str]) -> CompileError:
    for name, text in templates.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(CompileError) as refusal:
        compile_templates(folder, "./render.js")
    return refusal.value
