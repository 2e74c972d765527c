"""Days as a person reads them. Twin: web/phone/views/dates.js."""

from datetime import date

from server.practice_numbers import EPOCH_ORDINAL
from server.words import Words, fill


def date_text(day: int, words: Words) -> str:
    """The day, counted from 1970, as a date."""
    return calendar_text(date.fromordinal(day + EPOCH_ORDINAL).isoformat(), words)


def calendar_text(day: str, words: Words) -> str:
    """The day YYYY-MM-DD as a date."""
    year, month, number = (int(part) for part in day.split("-"))
    parts = {"day": str(number), "month": words["dates"]["months"][month - 1], "year": str(year)}
    return fill(words["dates"]["day"], parts)
