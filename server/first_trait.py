"""The guided first trait: what five screens sent, any of them skipped. Twin: web/phone/first_trait.js."""

from typing import Any

from server.forms import Pairs, read_form
from server.kinds import kinds
from server.text import shorten
from server.words import Words

MOST_NAME = 60  # code points of a suggested name


def named(pairs: Pairs, words: Words) -> Pairs:
    """What was sent, with a suggested name when that was skipped; nothing when everything was."""
    typed = read_form(kinds()["trait"], pairs, words).typed
    if typed["name"]:
        return pairs
    return [*pairs, ("name", suggested_name(typed, words))] if any(typed.values()) else []


def suggested_name(values: dict[str, Any], words: Words) -> str:
    """A name for now: the first words of what came up, else what sort of thing it was."""
    suggested = words["begin"]["suggested"]
    sort = suggested.get(values.get("came_up_as", ""), suggested["other"])
    return shorten(str(values.get("came_up", "")), MOST_NAME) or str(sort)
