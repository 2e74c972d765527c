"""Moments: date-times as a person's wall clock showed them, kept as RFC 9557 text. Twin: web/phone/moments.js.

`2026-11-22T18:03:00+01:00[Europe/Madrid]` carries the offset, so that showing it needs no zone database.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from server.words import fill

TEXT = re.compile(
    r"((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,9})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})(?:\[([A-Za-z0-9_+/-]{1,64})\])?"
)
WALL = re.compile(r"((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?")
# A place by its area, or one of the short names that browsers give; each host knows more of those than the other.
ZONE = re.compile(r"UTC|GMT|[CEMW]ET|[EHM]ST|[A-Z][A-Za-z]*(?:/[A-Za-z0-9]+(?:[_+-][A-Za-z0-9]+)*)+")


class Moment(NamedTuple):
    """A parsed moment: the wall clock's parts, the IANA zone or "", and the instant in ms since the epoch."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    zone: str
    ms: int


def parse(text: object) -> Moment | None:
    """The moment that the text tells, or None when it tells none."""
    found = TEXT.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    try:
        wall = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        offset = _offset_minutes(found[7])
    except ValueError:
        return None
    return Moment(year, month, day, hour, minute, found[8] or "", int(wall.timestamp() - offset * 60) * 1000)


def at_wall(wall: str, zone: str) -> str | None:
    """The moment at which clocks in `zone` showed `wall` (YYYY-MM-DDTHH:MM); None when no clock ever could.

    A wall time that came twice (clocks went back) is taken as the first; one that was skipped keeps the offset
    from before the change (PEP 495, fold=0).
    """
    found = WALL.fullmatch(wall)
    if not found:
        return None
    try:
        moment = datetime(*(int(part) for part in found.groups()), tzinfo=_zone(zone))  # type: ignore[arg-type, misc]  # five ints from the pattern
    except ValueError:
        return None
    return _text(moment, zone)


def now_in(now: int, zone: str) -> str:
    """The moment `now` (ms since the epoch) on clocks in `zone`."""
    return _text(datetime.fromtimestamp(now // 1000, tz=UTC).astimezone(_zone(zone)), zone)


def wall(text: object) -> str:
    """What a date-time input shows for the moment, YYYY-MM-DDTHH:MM; "" when there is none."""
    moment = parse(text)
    if not moment:
        return ""
    return f"{moment.year}-{moment.month:02}-{moment.day:02}T{moment.hour:02}:{moment.minute:02}"


def show(text: object, words: dict[str, Any]) -> str:
    """The moment as a person reads it, in their language; "" when there is none."""
    moment = parse(text)
    if not moment:
        return ""
    dates = words["dates"]
    parts = {
        "day": str(moment.day),
        "month": dates["months"][moment.month - 1],
        "year": str(moment.year),
        "time": time_text(moment, words),
    }
    return fill(dates["pattern"], parts)


def time_text(moment: Moment, words: dict[str, Any]) -> str:
    """What the clock showed, as their language reads it: {hour} of 24, or {hour12} with its {half} of the day."""
    parts = {
        "hour": f"{moment.hour:02}",
        "hour12": str((moment.hour + 11) % 12 + 1),
        "half": words["dates"]["halves"][moment.hour // 12],
        "minute": f"{moment.minute:02}",
    }
    return fill(words["dates"]["time"], parts)


def stamp(text: object) -> str:
    """The moment as HTML's <time> takes it, without the name of its zone; "" when there is none."""
    return text.partition("[")[0] if isinstance(text, str) and parse(text) else ""


def known_zone(zone: str) -> bool:
    """Whether clocks can be set by this zone's name."""
    if not ZONE.fullmatch(zone) or len(zone) > 64:
        return False
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _zone(zone: str) -> ZoneInfo | timezone:
    return ZoneInfo(zone) if known_zone(zone) else UTC


def _text(moment: datetime, zone: str) -> str:
    offset = moment.utcoffset() or timedelta()
    minutes = int(offset.total_seconds() + 30) // 60  # some offsets of before 1972 had seconds
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    name = zone if known_zone(zone) else "UTC"
    return f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}[{name}]"


def _offset_minutes(offset: str) -> int:
    if offset == "Z":
        return 0
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if hours > 23 or minutes > 59:
        raise ValueError(offset)
    return (hours * 60 + minutes) * (-1 if offset[0] == "-" else 1)
