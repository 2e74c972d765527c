"""Crisis lines by country: web/lifelines.json, with what an operator puts over it by a file of the same shape."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from server.moments import known_zone
from server.places import WEB
from server.words import words_of

OURS = WEB / "lifelines.json"

Number = Annotated[
    str, msgspec.Meta(pattern=r"^(?:[+*]?[0-9](?: ?[0-9]){1,15})?$")
]  # as people write it; "" when there is none
Address = Annotated[str, msgspec.Meta(pattern=r"^(?:https://[^\s\"<>]+)?$")]


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line and the ways to reach it. `text` is sent `keyword`, when that is what it takes to begin.

    `hours` and `languages` are names in words.support, or said as they are; `checked` is the day on which the numbers were
    compared with the page at `source`, None when nobody did.
    """

    name: str = ""
    call: Number = ""
    text: Number = ""
    keyword: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{0,20}$")] = ""
    chat: Address = ""
    place: str = ""
    hours: str = ""
    free: bool = False
    languages: list[str] = []
    checked: date | None = None
    source: Address = ""


class Country(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A country's lines, and the IANA zones that tell a device is there. `name` is for one that no words name."""

    code: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")]
    zones: list[str]
    lines: Annotated[list[Line], msgspec.Meta(min_length=1)]
    emergency: Line | None = None
    name: str = ""


class Lifelines(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every country's lines, and where to look for any other's."""

    finder: Address = ""
    countries: list[Country]


class BadLifelines(Exception):
    """A file of crisis lines that cannot be used: its text says why, in one line."""


def read_lifelines(override: Path | None = None) -> Lifelines:
    """Our lines, each country that `override` has in place of ours; BadLifelines says what is wrong with that file."""
    ours = _decoded(OURS)
    if not override:
        return ours
    theirs = _decoded(override)
    by_code = {country.code: country for country in (*ours.countries, *theirs.countries)}
    both = Lifelines(finder=theirs.finder or ours.finder, countries=list(by_code.values()))
    for fault in _faults(theirs.countries, both.countries):
        raise BadLifelines(fault)
    return both


def _decoded(path: Path) -> Lifelines:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Lifelines)
    except (OSError, ValueError, msgspec.MsgspecError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else re.sub(r"\s+", " ", str(wrong))
        raise BadLifelines(reason or "it can't be read") from wrong


def _faults(theirs: list[Country], both: list[Country]) -> Iterable[str]:
    """What the types do not say."""
    named = words_of("en")["support"]["countries"]
    zones = Counter(zone for country in both for zone in country.zones)
    for country in theirs:
        if not country.name and country.code not in named:
            yield f"{country.code} needs a name"
        for line in (*country.lines, *([country.emergency] if country.emergency else [])):
            if not (line.call or line.text or line.chat):
                yield f"{country.code} has a line that can be neither called nor written to"
        for zone in country.zones:
            if not known_zone(zone):
                yield f"{zone} in {country.code} is not a time zone"
            if zones[zone] > 1:
                yield f"{zone} in {country.code} is in two places"
