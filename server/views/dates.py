"""Days as a person reads them. Twin: web/phone/views/dates.js."""

from datetime import date

from server.practice_numbers import EPOCH_ORDINAL
from server.words import Words, fill


def date_text(day: int, words: Words) -> str:
    """The day, counted from 1970, as a date."""
    found = date.fromordinal(day + EPOCH_ORDINAL)
    parts = {"day": str(found.day), "month": words["dates"]["months"][found.month - 1], "year": str(found.year)}
    return fill(words["rewire"]["date"], parts)
