"""Days as a person's wall clock had them, YYYY-MM-DD. Twin: web/phone/days.js."""

from datetime import date
from typing import Any

from server import moments
from server.words import fill


def day_of(text: object) -> str:
    """The day that the moment's own wall clock showed; "" when there is no moment."""
    return moments.wall(text)[:10]


def time_of(text: object) -> str:
    """What that clock showed, HH:MM; "" when there is no moment."""
    return moments.wall(text)[11:]


def known_day(text: str) -> str:
    """The text when it is a day of the calendar, else ""."""
    return day_of(f"{text}T00:00:00Z")


def heading_of(day: str, today: str, words: dict[str, Any]) -> str:
    """A day as the journal calls it: today, yesterday, or by its weekday and date, with the year when it is another one."""
    said = words["days"]
    if not day:
        return str(said["undated"])
    ago = date.fromisoformat(today).toordinal() - date.fromisoformat(day).toordinal()
    if ago in (0, 1):
        return str(said["yesterday" if ago else "today"])
    year, month, number = (int(part) for part in day.split("-"))
    parts = {
        "weekday": said["weekdays"][date(year, month, number).weekday()],
        "day": str(number),
        "month": words["dates"]["months"][month - 1],
        "year": str(year),
    }
    return fill(said["pattern" if day[:4] == today[:4] else "pattern_with_year"], parts)
