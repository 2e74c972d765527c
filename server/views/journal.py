"""The journal: its entries by day, newest first, a page at a time, or those that filters and a search leave. Twin: web/phone/views/journal.js."""

import re
from itertools import groupby

from server import moments
from server.days import day_of, heading_of
from server.entries import Entry
from server.journal import Journal
from server.lines import BEGUN, Filters, Place
from server.views.excerpt import NOWHERE, excerpt_of
from server.views.filters import address_of, filter_form, filters_of, names_of
from server.views.frame import Context, Here, frame
from server.views.items import item
from server.words import count

PAGE = 30  # entries that the journal shows at a time
MOST = 600  # that it shows at once to somebody who comes back to where they were
PLACE = re.compile(r"(?:([01])~)?(-?[0-9]{1,15})~([0-9A-Za-z-]{1,64})")

Listed = tuple[int, Entry]  # by its rank


def journal_page(journal: Journal, here: Here) -> Context:
    """The entries after the place `before`, or all `through` a place and a page more; `further` goes on with a list on the screen."""
    query, said = here.query, here.words["journal"]
    asked = filters_of(journal, here)
    is_narrowed = asked != Filters()
    before, through = (_place(query.get(name, "")) for name in ("before", "through"))
    found, total = _found(journal, asked, here, before, (MOST if through else PAGE) + 1)
    within = sum(1 for each in found if through and _place_of(each) <= through)
    shown = found[: min(within + PAGE, MOST)]
    last = _told(_place_of(shown[-1])) if len(found) > len(shown) else ""
    return {
        **frame(here, here.words["titles"]["journal"]),
        "query": query.get("q", ""),
        "filters": filter_form(asked, journal, here),
        "days": _days(shown, asked, journal, here, before if query.get("further") else None),
        "none_text": said[("none_more" if before else "none_found") if before or is_narrowed else "empty"],
        "none_hint": said["none_hint"] if is_narrowed and not before else "",
        "newest_url": address_of(asked, here) if before and not query.get("further") else "",
        "more_url": address_of(asked, here, before=last) if last else "",
        "further_url": address_of(asked, here, before=last, further="yes") if last else "",
        "through_url": address_of(asked, here, through=last) if last else "",
        "count_text": ""
        if before
        else count(here.words["counts"]["found" if is_narrowed else "entries"], total, here.words),
    }


def _found(journal: Journal, asked: Filters, here: Here, before: Place | None, limit: int) -> tuple[list[Listed], int]:
    """The first entries after the place, and how many there are in all."""
    if asked == Filters():
        return [(0, entry) for entry in journal.newest(limit, before and before[1])], journal.count()
    places = journal.find(asked, names_of(journal, here.words))
    after = [place for place in places if not before or place > before][:limit]
    found = [(rank, journal.get(id)) for rank, (_, id) in after]
    return [(rank, entry) for rank, entry in found if entry], len(places)


def _days(shown: list[Listed], asked: Filters, journal: Journal, here: Here, before: Place | None) -> list[Context]:
    """The entries by the day on their own clocks; a day that the list on the screen ends with is not named again."""
    above = (before[0], _day(journal.get(before[1][1]))) if before else (BEGUN, None)
    days = []
    for (rank, day), listed in groupby(shown, key=lambda each: (each[0], _day(each[1]))):
        days.append(
            {
                "similar": here.words["journal"]["similar"] if rank > above[0] else "",
                "heading": heading_of(day, here.today, here.words) if (rank, day) != above else "",
                "items": [_line(entry, asked, journal, here) for _, entry in listed],
            }
        )
        above = (rank, day)
    return days


def _line(entry: Entry, asked: Filters, journal: Journal, here: Here) -> Context:
    line = item(entry, journal, here)
    happened = moments.parse(entry.values.get("happened_at"))
    found = excerpt_of(entry, asked.words[0], journal, here.words) if asked.words else NOWHERE
    in_title = found["before"] + found["match"] + found["after"] == line["title"]  # which need not be said twice
    return {
        **line,
        "marked": found if in_title else NOWHERE,
        "excerpt": NOWHERE if in_title else found,
        "time": moments.time_text(happened, here.words) if happened else "",
        "old": _bar(entry.values.get("old_reaction")),
        "new": _bar(entry.values.get("new_reaction")),
    }


def _bar(number: int | None) -> str:
    """How long a reaction's bar is, "" for none."""
    return "" if number is None else str(number)


def _day(entry: Entry | None) -> str:
    return day_of(entry.values.get("happened_at")) if entry else ""


def _place_of(listed: Listed) -> Place:
    rank, entry = listed
    return rank, entry.order


def _told(place: Place) -> str:
    rank, (when, id) = place
    return f"{rank}~{when}~{id}"


def _place(text: str) -> Place | None:
    found = PLACE.fullmatch(text)
    return (int(found[1] or BEGUN), (int(found[2]), found[3])) if found else None
