"""Days as a person's wall clock had them, YYYY-MM-DD. Twin: web/phone/days.js."""

from datetime import date
from typing import Any

from server import moments
from server.words import fill


def day_of(text: object) -> str:
    """The day that the moment's own wall clock showed; "" when there is no moment."""
    return moments.wall(text)[:10]


def known_day(text: str) -> str:
    """The text when it is a day of the calendar, else ""."""
    return day_of(f"{text}T00:00:00Z")


def days_between(day: str, today: str) -> int:
    """How many days ago it was: less than 0 for one that is still to come, or when there is no today."""
    return date.fromisoformat(today).toordinal() - date.fromisoformat(day).toordinal() if today else -1


def weekday_of(day: str, words: dict[str, Any]) -> str:
    """What the day of the week is called."""
    return str(words["days"]["weekdays"][date.fromisoformat(day).weekday()])


def heading_of(day: str, today: str, words: dict[str, Any]) -> str:
    """A day as the journal calls it: today, yesterday, or by its weekday and date, with the year when it is another one."""
    said = words["days"]
    if not day:
        return str(said["undated"])
    ago = days_between(day, today)
    if ago in (0, 1):
        return str(said["yesterday" if ago else "today"])
    year, month, number = (int(part) for part in day.split("-"))
    parts = {
        "weekday": weekday_of(day, words),
        "day": str(number),
        "month": words["dates"]["months"][month - 1],
        "year": str(year),
    }
    return fill(said["pattern" if day[:4] == today[:4] else "pattern_with_year"], parts)
