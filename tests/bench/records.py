"""An invented journal of any length, the same bytes on every machine: prose that compresses as people's does."""

import string
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from sync.canonical import canonical

SEED = 20261122
BEGAN = datetime(2024, 1, 1, 7, tzinfo=UTC)
WORDS: dict[str, list[str]] = msgspec.json.decode(Path(__file__).with_name("words.json").read_bytes())

# How a thing is named and a clause is built; the dice choose by place, so a form that stands thrice comes thrice as often.
THINGS = ["{adjective} {noun}"] * 3 + ["{noun}s", "{name}'s {noun}", "{other} {noun}"] + ["{noun}"] * 4
CLAUSES = [
    "{who} {did} the {thing} {preposition} {thing}",
    "{who} {did} {preposition} {thing} {adverb}",
    "the {thing} was {adjective} and {who} {did} {preposition} {thing}",
    "{who} {did} {thing} at {hour}:{minute}",
    "{who} {did} {adjective}, {adjective} {thing}",
    "{who} {did} how {thing} {verb} {thing}",
]
SITUATION, THOUGHTS, BEHAVIOUR = 120, 150, 80  # characters, more or less
LAST_CLAUSE = 28  # characters that prose may fall short, as the next clause would take it beyond

Entry = dict[str, Any]
Form = list[tuple[str, str]]  # text, and the slot that follows it

M64 = 2**64 - 1


def entries(count: int, seed: int = SEED) -> Iterator[Entry]:
    """Invent a journal's entries in the order in which they happened."""
    author = Author(seed)
    moment = BEGAN
    for _ in range(count):
        moment += timedelta(minutes=20 + author.below(300), seconds=author.below(60))
        yield author.entry(moment)


def line(entry: Entry) -> bytes:
    """Write an entry as the reference does, which has a file of one entry a line."""
    return msgspec.json.encode(entry) + b"\n"


def as_record(entry: Entry, device: str) -> bytes:
    """Write an entry as a record that one save on the device made: SYNC.md §1."""
    at = round(datetime.fromisoformat(entry["happened_at"]).timestamp()) * 1000
    fields = {field: value for field, value in entry.items() if field not in ("id", "kind")}
    writes = [{"by": device, "at": at, "set": fields}]
    return canonical({"id": entry["id"], "kind": entry["kind"], "seen": {device: at}, "writes": writes})


class Dice:
    """SplitMix64, as Steele, Lea and Flood give it (OOPSLA 2014)."""

    def __init__(self, seed: int) -> None:
        self._state = seed & M64

    def roll(self) -> int:
        """64 random bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & M64
        mixed = ((self._state ^ self._state >> 30) * 0xBF58476D1CE4E5B9) & M64
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & M64
        return mixed ^ mixed >> 31

    def share(self) -> float:
        """From 0 up to 1, in the 53 bits that a float has."""
        return (self.roll() >> 11) / 2**53

    def below(self, end: int) -> int:
        return int(self.share() * end)

    def any_of(self, words: Sequence[str]) -> str:
        return words[self.below(len(words))]

    def usual(self, words: Sequence[str]) -> str:
        """The first words somewhat more often than the last."""
        return words[int(len(words) * self.share() ** 1.25)]


class Author(Dice):
    def entry(self, moment: datetime) -> Entry:
        before = 20 + self.below(80)
        return {
            "id": str(UUID(int=self.roll() << 64 | self.roll(), version=4)),
            "kind": "practice",
            "happened_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            "situation": self.prose(SITUATION),
            "emotions": self.emotions(),
            "thoughts": self.prose(THOUGHTS, self.any_of(WORDS["openings"]) + " "),
            "behaviour": self.prose(BEHAVIOUR, self.usual(WORDS["actions"]) + " "),
            "tool_id": self.any_of(WORDS["tools"]),
            "distress_before": before,
            "distress_after": max(0, before - self.below(60)),
            "reaction": self.any_of(WORDS["reactions"]),
        }

    def prose(self, length: int, opening: str = "") -> str:
        text = opening + self.clause()
        while len(text) < length - LAST_CLAUSE:
            text += self.any_of(WORDS["joints"]) + self.clause()
        return f"{text[0].upper()}{text[1:]}."

    def emotions(self) -> list[Entry]:
        names = dict.fromkeys(self.any_of(WORDS["emotions"]) for _ in range(1 + self.below(3)))
        return [{"name": name, "intensity": self.below(101)} for name in names]

    def clause(self) -> str:
        form = _CLAUSES[self.below(len(CLAUSES))]
        who = self.usual(WORDS["who"]) if self.below(4) else self.any_of(WORDS["names"])
        return self.fill(form, who=who, did=self.usual(WORDS["verbs"]))

    def thing(self) -> str:
        noun = self.usual(WORDS["nouns"])
        return self.fill(_THINGS[self.below(len(THINGS))], noun=noun)

    def fill(self, form: Form, **known: str) -> str:
        """Fill the slots from left to right: with what is known, or with what the dice say."""
        return "".join(text + (known.get(slot) or _SLOTS[slot](self)) for text, slot in form)


def _form(pattern: str) -> Form:
    return [(text, slot or "") for text, slot, _, _ in string.Formatter().parse(pattern)]


_CLAUSES = [_form(pattern) for pattern in CLAUSES]
_THINGS = [_form(pattern) for pattern in THINGS]
_SLOTS = {
    "": lambda _: "",
    "thing": Author.thing,
    "adjective": lambda author: author.usual(WORDS["adjectives"]),
    "other": lambda author: author.usual(WORDS["nouns"]),
    "verb": lambda author: author.usual(WORDS["verbs"]),
    "name": lambda author: author.any_of(WORDS["names"]),
    "preposition": lambda author: author.any_of(WORDS["prepositions"]),
    "adverb": lambda author: author.any_of(WORDS["adverbs"]),
    "hour": lambda author: f"{1 + author.below(12)}",
    "minute": lambda author: f"{author.below(60):02d}",
}
