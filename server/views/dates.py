"""Moments and days as a person would say them. Twin: web/phone/views/dates.js."""

from datetime import date

from server import moments
from server.days import days_between, weekday_of
from server.practice_numbers import EPOCH_ORDINAL
from server.reactions import part_of_day
from server.words import Words, fill


def near_text(text: object, today: str, words: Words) -> str:
    """The moment as one speaks of it on that day: today at a time, yesterday or a weekday with its part, or the date."""
    moment = moments.parse(text)
    if not moment:
        return ""
    dates, day = words["dates"], str(text)[:10]
    part = part_of_day(moment.hour)
    part = "small_hours" if part == "night" and moment.hour < 12 else part  # which belong to the night before
    match days_between(day, today):
        case 0:
            return fill(dates["today"], {"time": moments.time_text(moment, words)})
        case 1:
            return str(dates["yesterday"][part])
        case 2 | 3 | 4 | 5 | 6:
            return fill(dates["weekday"][part], {"weekday": weekday_of(day, words)})
    return calendar_text(day, words, today)


def date_text(day: int, words: Words) -> str:
    """The day, counted from 1970, as a date."""
    return calendar_text(_iso(day), words)


def range_text(first: int, last: int, words: Words) -> str:
    """From one day to another, both counted from 1970, with what they share said once."""
    begins, ends = _parts(_iso(first), words), _parts(_iso(last), words)
    said = words["dates"]["range"]
    if first == last:
        return date_text(first, words)
    parts = {"first": begins["day"], "first_month": begins["month"], "last": ends["day"], "last_month": ends["month"]}
    if begins["year"] != ends["year"]:
        return fill(said["years"], {"first": date_text(first, words), "last": date_text(last, words)})
    return fill(said["days" if begins["month"] == ends["month"] else "months"], {**parts, "year": ends["year"]})


def calendar_text(day: str, words: Words, today: str = "") -> str:
    """The day YYYY-MM-DD as a date, without its year when today is in it."""
    return fill(words["dates"]["this_year" if day[:4] == today[:4] else "day"], _parts(day, words))


def _parts(day: str, words: Words) -> dict[str, str]:
    year, month, number = (int(part) for part in day.split("-"))
    return {"day": str(number), "month": words["dates"]["months"][month - 1], "year": str(year)}


def _iso(day: int) -> str:
    return date.fromordinal(day + EPOCH_ORDINAL).isoformat()
