"""The server and the phone show the same page, byte for byte, or both refuse."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, TemplateError, TemplateNotFound, UndefinedError

from server.templates import open_templates
from tests.server.phone_renderer import PhoneError, PhoneRenderer, phone_renderer
from tests.server.template_strategies import contexts, lists, numbers, pairs, template_folders, texts

FIXTURES = Path(__file__).parent.parent / "vectors" / "templates"
SERVER = open_templates(FIXTURES)
PAGES = ["layout.html", "section.html", "journal.html", "parts/item.html", "parts/footer.html", "marks.html"]

items = st.fixed_dictionaries({"title": texts, "notes": st.lists(texts, max_size=4)})
journals = st.fixed_dictionaries(
    {
        "page": st.fixed_dictionaries({"language": texts, "title": texts, "step": texts, "message": texts}),
        "words": st.fixed_dictionaries({"name": texts, "nothing": texts, "footer": texts}),
        "items": lists(items),
        "item": items,
        "pairs": lists(pairs),
        "names": lists(texts),
        "flag": st.one_of(st.booleans(), numbers, st.none()),
        "nothing": st.sampled_from(["", 0, None, False, [], {}]),
        "first_note": texts,
        "total": numbers,
    }
)
EMPTY = {
    "page": {"language": "en", "title": "", "step": "", "message": ""},
    "words": {"name": "", "nothing": "", "footer": ""},
    "items": [],
    "item": {"title": "", "notes": []},
    "pairs": [],
    "names": [],
    "flag": 0,
    "nothing": None,
    "first_note": "",
    "total": 0,
}

# values that one host or the other would show in its own way, and a template that tries
UNSHOWN: dict[str, tuple[str, Any]] = {
    "true": ("{{ a }}", True),
    "none": ("{{ a }}", None),
    "a fraction": ("{{ a }}", 0.5),
    "a number that JavaScript rounds": ("{{ a }}", 2**53),
    "a list": ("{{ a }}", ["b"]),
    "a mapping": ("{{ a }}", {"b": "c"}),
    "a list in a text": ("{{ 'b' ~ a }}", ["b"]),
    "a joined none": ("{{ a|join }}", [None]),
    "the length of a mapping": ("{% if a|length %}{% endif %}", {"b": "c"}),
    "a mapping gone through": ("{% for b in a %}{% endfor %}", {"b": "c"}),
    "a text gone through": ("{% for b in a %}{% endfor %}", "bc"),
    "rows too short": ("{% for b, c in a %}{% endfor %}", [["b"]]),
    "a list compared": ("{% if a == 'b' %}{% endif %}", ["b"]),
    "text before a number": ("{% if a < 1 %}{% endif %}", "b"),
    "a name in a mapping": ("{% if 'b' in a %}{% endif %}", {"b": "c"}),
    "a number in a text": ("{% if 1 in a %}{% endif %}", "1"),
    "a missing key": ("{% set b = a.b.c %}", {"b": {}}),
    "a key of text": ("{% if a.length %}{% endif %}", "b"),
    "a mapping's method": ("{% if a.items %}{% endif %}", {}),
    "an inherited key": ("{% if a.constructor %}{% endif %}", {}),
}


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PhoneRenderer]:
    with phone_renderer(tmp_path_factory.mktemp("modules")) as renderer:
        yield renderer


@pytest.fixture(scope="module")
def fixtures(phone: PhoneRenderer) -> str:
    return phone.compile(FIXTURES)


@settings(deadline=None)
@given(journal=journals)
def test_any_journal_looks_the_same_on_the_phone(phone: PhoneRenderer, fixtures: str, journal: dict[str, Any]) -> None:
    for page in PAGES:
        assert phone.render(fixtures, page, journal) == SERVER.get_template(page).render(journal)


def test_a_very_long_note_looks_the_same_on_the_phone(phone: PhoneRenderer, fixtures: str) -> None:
    note = ("<é🙂&'\"\x00\u202e" * 8192)[: 64 * 1024]
    journal = EMPTY | {"items": [{"title": note, "notes": [note]}]}
    shown = SERVER.get_template("journal.html").render(journal)

    assert len(shown) > len(note)
    assert phone.render(fixtures, "journal.html", journal) == shown


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(folder=template_folders(), context=contexts)
def test_any_template_of_the_dialect_gives_the_same_on_the_phone(
    phone: PhoneRenderer, folder: dict[str, str], context: dict[str, Any]
) -> None:
    with TemporaryDirectory() as place:
        for name, text in folder.items():
            (Path(place) / name).write_text(text, encoding="utf-8")
        server, module = open_templates(Path(place)), phone.compile(Path(place))

        for page in folder:
            assert phone_outcome(phone, module, page, context) == server_outcome(server, page, context)


@pytest.mark.parametrize(("text", "value"), UNSHOWN.values(), ids=UNSHOWN)
def test_neither_host_shows(tmp_path: Path, phone: PhoneRenderer, text: str, value: object) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")

    assert server_outcome(open_templates(tmp_path), "page.html", {"a": value}) is None
    with pytest.raises(PhoneError, match=r"page\.html: "):
        phone.render(phone.compile(tmp_path), "page.html", {"a": value})


def test_both_hosts_name_what_is_missing(tmp_path: Path, phone: PhoneRenderer) -> None:
    (tmp_path / "part.html").write_text("{{ page.title }}", encoding="utf-8")
    (tmp_path / "page.html").write_text('{% include "part.html" %}', encoding="utf-8")

    with pytest.raises(UndefinedError, match="title"):
        open_templates(tmp_path).get_template("page.html").render({"page": {}})
    with pytest.raises(PhoneError, match=r"part\.html: title is missing in page\.title"):
        phone.render(phone.compile(tmp_path), "page.html", {"page": {}})


def test_a_line_with_nothing_but_a_tag_leaves_no_space(tmp_path: Path, phone: PhoneRenderer) -> None:
    (tmp_path / "page.html").write_text("<ul>\n  {% for a in b %}\n<li>\n  {% endfor %}\n</ul>\n", encoding="utf-8")

    assert server_outcome(open_templates(tmp_path), "page.html", {"b": [1]}) == "<ul>\n<li>\n</ul>"
    assert phone.render(phone.compile(tmp_path), "page.html", {"b": [1]}) == "<ul>\n<li>\n</ul>"


def test_a_name_that_is_not_html_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text("{{ note }}", encoding="utf-8")

    with pytest.raises(TemplateNotFound):
        open_templates(tmp_path).get_template("mail.txt")


def server_outcome(server: Environment, page: str, context: dict[str, Any]) -> str | None:
    try:
        return server.get_template(page).render(context)
    except (TemplateError, TypeError, ValueError):
        return None


def phone_outcome(phone: PhoneRenderer, module: str, page: str, context: dict[str, Any]) -> str | None:
    try:
        return phone.render(module, page, context)
    except PhoneError:
        return None
