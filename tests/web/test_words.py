"""What a person reads is in web/words and nowhere else, the same in each language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes

from server.languages import LANGUAGES
from server.templates import TEMPLATES, open_templates
from server.words import words_of
from tests.web.spoken import CITED

TEMPLATE_FILES = sorted(TEMPLATES.rglob("*.html"))
READ_ALOUD = {"alt", "aria-label", "aria-description", "placeholder", "title"}
ATTRIBUTE = re.compile(r'\b[a-z-]+="[^"]*"')  # a macro may write attributes for the tag that calls it
NEVER_SAID = re.compile(  # promises and guilt (DESIGN.md §4)
    r"\b(streaks?|cures?|cured|erased?|failed|failures?"
    r"|rachas?|cura(r|n|rse|rte|ción)?|borr(ón|ar el pasado)|fracas\w+|fall(o|os|aste|é|ó)|recaídas?|deber\w* haber)\b",
    re.IGNORECASE,
)
BLANK = re.compile(r"\{\w+\}")
LETTER = re.compile(r"[^\W\d_]")
MEASURE = re.compile(r"\d+ (°C|°F|ml|g)")
NAMED = {"purpose", "guide", "came_up_as", "url"}  # of a tool, an example and a source
SAME_IN_ALL = {
    *("ltr", "one", "now", "lasting", "thought", "feeling", "pull", "breathing", "grounding"),  # never shown: our names
    *("Unlearn", "English", "Español"),  # the app and each language say their own name
    "PIN",
    *("Argentina", "Australia", "Austria", "Chile", "India", "Celsius", "Fahrenheit"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_the_same_things_in_the_same_order(language: str) -> None:
    assert paths(words_of(language)) == paths(words_of("en"))


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_nothing_is_left_in_english_but_names(language: str) -> None:
    english = dict(sentences(words_of("en")))
    said = [(path, text) for path, text in sentences(words_of(language)) if text == english.get(path)]
    left = {
        text for path, text in said if CITED.isdisjoint(path) and LETTER.search(MEASURE.sub("", BLANK.sub("", text)))
    }
    assert left - SAME_IN_ALL == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_only_the_program_reads_are_the_same_in_each_language(language: str) -> None:
    def named(language: str) -> list[tuple[tuple[str, ...], str]]:
        return [(path, said) for path, said in sentences(words_of(language)) if path[-1] in NAMED and len(path) > 2]

    assert named(language) == named("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_keeps_the_blanks_that_are_filled_in(language: str) -> None:
    english = dict(sentences(words_of("en")))
    said = dict(sentences(words_of(language)))
    assert [path for path in english.keys() & said.keys() if blanks(english[path]) != blanks(said[path])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_unsaid_but_a_hint(language: str) -> None:
    silent = [path for path, said in sentences(words_of(language)) if not said.strip()]
    assert [path for path in silent if path[-1] != "hint"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_promised_and_nobody_is_blamed(language: str) -> None:
    assert [said for _, said in sentences(words_of(language)) if NEVER_SAID.search(said)] == []


@pytest.mark.parametrize("template", TEMPLATE_FILES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    assert own_words(template) == []


@pytest.mark.parametrize("template", TEMPLATE_FILES, ids=lambda path: path.name)
def test_every_word_that_a_template_asks_for_is_there(template: Path) -> None:
    assert [path for path in asked_words(template) if not is_said(path)] == []


def paths(words: Any) -> list[tuple[str, ...]]:
    """Where sentences are, in order; a language may know more words of a kind than another does."""
    lists = [("emotions",), ("plans", "common"), ("numbers", "plurals")]
    found = (next((each for each in lists if path[: len(each)] == each), path) for path, _ in sentences(words))
    return list(dict.fromkeys(found))


def sentences(words: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(words, str):
        yield path, words
    elif isinstance(words, dict):
        for name, inner in words.items():
            yield from sentences(inner, (*path, name))
    elif isinstance(words, list):
        for place, inner in enumerate(words):
            yield from sentences(inner, (*path, str(place)))


def blanks(sentence: str) -> list[str]:
    return sorted(BLANK.findall(sentence))


def is_said(path: list[str]) -> bool:
    found: Any = words_of("en")
    for name in path:
        if name not in found:
            return False
        found = found[name]
    return True


def asked_words(template: Path) -> Iterator[list[str]]:
    """Each dotted name that begins with `words`, the longest form of it."""
    tree = open_templates(TEMPLATES).parse(template.read_text())
    inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
    for node in tree.find_all(nodes.Getattr):
        names: list[str] = []
        root: nodes.Node = node
        while isinstance(root, nodes.Getattr):
            names.insert(0, root.attr)
            root = root.node
        if isinstance(root, nodes.Name) and root.name == "words" and id(node) not in inner:
            yield names


def own_words(template: Path) -> list[str]:
    tokens = open_templates(TEMPLATES).lex(template.read_text())
    reader = Reader()
    reader.feed("".join(value for _, kind, value in tokens if kind == "data"))
    return reader.found


class Reader(HTMLParser):
    """Collects whatever letters a person would see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self._read(ATTRIBUTE.sub("", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's own signature
        for name, value in attrs:
            if name in READ_ALOUD:
                self._read(value or "")

    def _read(self, text: str) -> None:
        if LETTER.search(text):
            self.found.append(text.strip())
