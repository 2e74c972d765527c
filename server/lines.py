"""Lines: what the journal's filters and its search look at of an entry. Twin: web/phone/lines.js.

An index holds lines with their terms. A reference to a trait, a tool or a choice is a term too, one that begins with a
blank as no word does: what it is called may change, and differs by language.
"""

from collections.abc import Iterable
from typing import NamedTuple

from server.days import day_of
from server.entries import Entry, Order, kind_of
from server.search import is_begun, is_similar, terms_of

Names = dict[str, list[str]]  # the terms of what a reference leads to
Place = tuple[int, Order]  # a rank and an order: what the journal lists by
BEGUN, SIMILAR, NOT = 0, 1, 2  # ranks: what is listed first, what after, what is not


class Filters(NamedTuple):
    """What a person asks the journal for; "" asks for nothing. `words` are folded; days are of the wall clock, both inclusive."""

    words: tuple[str, ...] = ()
    kind: str = ""
    trait: str = ""
    tool: str = ""
    reaction: str = ""
    since: str = ""
    until: str = ""


class Line(NamedTuple):
    """An entry as filters see it; `reaction` names the stronger one: "old", "new", "even", or "none" where none is rated."""

    id: str
    kind: str
    when: int
    day: str
    trait: str
    tools: list[str]
    reaction: str
    terms: list[str]


class Index:
    """Lines, and in which of them each term is."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)
        self._where: dict[str, list[int]] | None = None

    def find(self, filters: Filters, names: Names) -> list[Place]:
        """The rank and the order of each line that is asked for."""
        ranks = self._ranks(filters.words, names)
        return [
            (rank, (-line.when, line.id))
            for rank, line in zip(ranks, self.lines, strict=True)
            if rank < NOT and _passes(line, filters)
        ]

    def _ranks(self, words: tuple[str, ...], names: Names) -> list[int]:
        """Of each line that of the word which fits it least."""
        least = [BEGUN] * len(self.lines)
        for word in words:
            found = [NOT] * len(self.lines)
            for term, where in self._terms().items():
                rank = _rank(word, term, names)
                if rank < NOT:
                    for at in where:
                        found[at] = min(found[at], rank)
            least = [max(a, b) for a, b in zip(least, found, strict=True)]
        return least

    def _terms(self) -> dict[str, list[int]]:
        if self._where is None:
            self._where = {}
            for at, line in enumerate(self.lines):
                for term in line.terms:
                    self._where.setdefault(term, []).append(at)
        return self._where


def line_of(entry: Entry) -> Line:
    """What filters and search look at of the entry."""
    values = entry.values
    is_trait, is_tool = entry.kind == "trait", entry.kind == "tool"
    return Line(
        entry.id,
        entry.kind,
        entry.when,
        day_of(values.get("happened_at")),
        entry.id if is_trait else values.get("trait_id") or "",
        [entry.id] if is_tool else values.get("tool_ids") or [],
        _reaction(entry),
        _terms_in(entry),
    )


def reference(name: str) -> str:
    """The term for what has this name: an id, or a field and one of its choices."""
    return f" {name}"


def _reaction(entry: Entry) -> str:
    if entry.kind != "practice":
        return ""
    old, new = (entry.values.get(name) for name in ("old_reaction", "new_reaction"))
    if old is None and new is None:
        return "none"
    old, new = (-1 if number is None else number for number in (old, new))
    return "even" if old == new else "old" if old > new else "new"


def _terms_in(entry: Entry) -> list[str]:
    """All terms of the entry, each once, in the order of their coming."""
    terms: dict[str, None] = {}
    for field in kind_of(entry).fields:
        value = entry.values.get(field["name"])
        if not value or field.get("hidden"):
            continue
        match field["type"]:
            case "line" | "text":
                found = terms_of(value)
            case "emotions":
                found = [term for emotion in value for term in terms_of(emotion["name"])]
            case "one" | "many":
                said = [value] if field["type"] == "one" else value
                found = [reference(f"{field['name']}.{each}" if "choices" in field else each) for each in said]
            case _:
                found = []
        terms.update(dict.fromkeys(found))
    return list(terms)


def _rank(word: str, term: str, names: Names) -> int:
    if term.startswith(" "):
        return min((_rank(word, each, {}) for each in names.get(term, [])), default=NOT)
    if is_begun(word, term):
        return BEGUN
    return SIMILAR if is_similar(word, term) else NOT


def _passes(line: Line, asked: Filters) -> bool:
    return (
        asked.kind in ("", line.kind)
        and asked.trait in ("", line.trait)
        and (not asked.tool or asked.tool in line.tools)
        and asked.reaction in ("", line.reaction)
        and (not asked.since or asked.since <= line.day)
        and (not asked.until or "" < line.day <= asked.until)
    )
